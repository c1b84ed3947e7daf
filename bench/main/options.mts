import { parseArgs } from 'node:util';

/** What a person can choose. */
export interface BenchOptions {
	/** Names of rows; none for all. */
	only: string[];
	quick: boolean;
	/** Where the figures go as JSON as well. */
	json: string | undefined;
	help: boolean;
}

/** A command line that cannot be followed. Its message is for the person who gave it. */
export class UnusableOption extends Error {}

/**
 * Reads the command line.
 *
 * @param commandLine what stands behind the program's name
 * @param names of the rows that there are
 * @throws UnusableOption saying what is wrong with it
 */
export function readOptions(commandLine: string[], names: string[]): BenchOptions {
	try {
		const { values } = parseArgs({
			args: commandLine,
			options: {
				only: { type: 'string', multiple: true, default: [] },
				quick: { type: 'boolean', default: false },
				json: { type: 'string' },
				help: { type: 'boolean', default: false },
			},
		});
		const unknown = values.only.find((name) => !names.includes(name));
		if (unknown !== undefined)
			throw new Error(`There is no row "${unknown}"; there are ${names.join(', ')}.`);
		return { only: values.only, quick: values.quick, json: values.json, help: values.help };
	} catch (error) {
		throw new UnusableOption(error instanceof Error ? error.message : String(error));
	}
}
