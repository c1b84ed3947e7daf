import { readOptions, UserError } from '../../scripts/command-line.mts';
import { USAGE } from './usage.mjs';

/**
 * Reads the command line.
 *
 * @param names of the rows that there are
 * @throws UserError saying what is wrong with it
 */
export function readBenchOptions(names: string[], commandLine?: string[]) {
	const values = readOptions(
		{
			only: { type: 'string', multiple: true, default: [] },
			quick: { type: 'boolean', default: false },
			json: { type: 'string' },
		},
		USAGE,
		commandLine,
	);
	const unknown = values.only.find((name) => !names.includes(name));
	if (unknown === undefined) return values;
	throw new UserError(`There is no row "${unknown}"; there are ${names.join(', ')}.\n\n${USAGE}`);
}
