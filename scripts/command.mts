import { spawn } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';

const LINES_OF_OUTPUT_IN_A_MESSAGE = 40;

export interface CommandOptions {
	/** The folder to run in. */
	folder: string;
	/** Variables beside those of this process; `undefined` takes one away. */
	environment?: Record<string, string | undefined>;
	/** Gets the output as it comes; without it the output is only kept. */
	onOutput?: (text: string) => void;
}

export interface FinishedCommand {
	/** The exit code; a command that a signal ended has 1. */
	code: number;
	/** Standard output alone. */
	output: string;
	/** Standard output and standard error, in the order they came. */
	everything: string;
}

/**
 * Runs a command to its end, whatever its exit code is.
 *
 * @param command a program on PATH or its full path
 * @param commandArguments given as they are, without a shell (except on Windows, where npm is a script)
 * @param options where and with what
 * @throws when the command cannot be started at all
 */
export function tryCommand(
	command: string,
	commandArguments: string[],
	options: CommandOptions,
): Promise<FinishedCommand> {
	return new Promise((resolve, reject) => {
		const child = spawn(command, commandArguments, {
			cwd: options.folder,
			env: { ...process.env, ...options.environment },
			stdio: ['ignore', 'pipe', 'pipe'],
			shell: process.platform === 'win32' && command !== process.execPath,
		});
		let output = '';
		let everything = '';
		for (const stream of [child.stdout, child.stderr]) {
			const decoder = new StringDecoder('utf8');
			stream.on('data', (chunk: Buffer) => {
				const text = decoder.write(chunk);
				if (stream === child.stdout) output += text;
				everything += text;
				options.onOutput?.(text);
			});
		}
		// When this process is ended in the middle, nothing should go on writing behind its back.
		const endToo = () => child.kill();
		process.once('exit', endToo);
		child.on('error', (error) => {
			process.removeListener('exit', endToo);
			reject(new Error(`\`${command}\` could not be started: ${error.message}`));
		});
		child.on('close', (code) => {
			process.removeListener('exit', endToo);
			resolve({ code: code ?? 1, output, everything });
		});
	});
}

/**
 * Runs a command that has to work.
 *
 * @returns its standard output
 * @throws with the last lines the command said, when its exit code is not 0
 */
export async function runCommand(
	command: string,
	commandArguments: string[],
	options: CommandOptions,
): Promise<string> {
	const finished = await tryCommand(command, commandArguments, options);
	if (finished.code === 0) return finished.output;
	const words = finished.everything
		.trimEnd()
		.split('\n')
		.slice(-LINES_OF_OUTPUT_IN_A_MESSAGE)
		.join('\n');
	throw new Error(
		`\`${[command, ...commandArguments].join(' ')}\` did not work in ${options.folder}. Its last words:\n${words}`,
	);
}
