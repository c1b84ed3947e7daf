import { parseArgs, type ParseArgsConfig } from 'node:util';

import { isShuttingDown } from './signals.mts';
import { UserError } from './user-error.mjs';

export { UserError };

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

/**
 * Reads the options of a command line.
 *
 * @param options as for `parseArgs` of `node:util`
 * @param usage explains the options
 * @throws UserError with the usage when an option is unknown or has no value
 */
export function readOptions<Options extends NonNullable<ParseArgsConfig['options']>>(
	options: Options,
	usage: string,
	args = process.argv.slice(2),
) {
	try {
		return parseArgs({ options, args }).values;
	} catch (error) {
		throw new UserError(`${messageOf(error)}\n\n${usage}`);
	}
}

/**
 * Runs a program to its end. If it throws, prints why and sets the exit code to 1, unless a signal interrupted it.
 *
 * @param main does the program's work
 */
export async function runProgram(main: () => Promise<void>): Promise<void> {
	try {
		await main();
	} catch (error) {
		if (isShuttingDown()) return;
		console.error(error instanceof UserError ? error.message : error);
		process.exitCode = 1;
	}
}
