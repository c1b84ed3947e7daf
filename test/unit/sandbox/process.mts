import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { localHttp } from '../../../scripts/local-http.mts';
import type { ChildProcess } from 'node:child_process';
import type { AxiosInstance } from 'axios';
import { sandboxOfWorker } from '../../environment/sandboxes/of-worker.mts';
import { until } from './until.mts';

const main = join(__dirname, '../../../sandbox/main.mts');

/** A started program, and its output so far. */
export interface Program {
	child: ChildProcess;
	printed: { output: string; errors: string };
	/** Resolves to the exit code. */
	ended: Promise<number | null>;
}

/** Starts sandbox/main.mts with these arguments. */
export function runMain(...args: string[]): Program {
	const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
	const printed = { output: '', errors: '' };
	child.stdout.on('data', (chunk: Buffer) => (printed.output += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (printed.errors += chunk.toString()));
	const ended = once(child, 'close').then(() => child.exitCode);
	return { child, printed, ended };
}

/**
 * Waits for the address that a sandbox prints when it is ready.
 *
 * @throws with its error output if it exits before
 */
export async function addressOf({ child, printed }: Program): Promise<string> {
	return await until('the sandbox to be ready', () => {
		if (child.exitCode !== null) throw new Error(`The sandbox ended early: ${printed.errors}`);
		return /^TransactionLink sandbox: (http:\/\/127\.0\.0\.1:\d+)$/m.exec(printed.output)?.[1];
	});
}

/** A sandbox, and clients that return responses of any status. */
export interface SandboxUnderTest {
	url: string;
	/** Sends requests to the API with the organization token. */
	api: AxiosInstance;
	/** Sends requests to the API without credentials. */
	anonymous: AxiosInstance;
	/** Sends requests to the control interface. */
	control: AxiosInstance;
}

/** Resets the sandbox of this worker, and creates clients for it. */
export async function sandboxUnderTest(): Promise<SandboxUnderTest> {
	const { url, control } = await sandboxOfWorker();
	const client = (headers: Record<string, string>): AxiosInstance =>
		localHttp.create({
			baseURL: url,
			headers,
			maxRedirects: 0,
			validateStatus: () => true,
		});
	return { url, api: client({ Authorization: 'tot_sandbox' }), anonymous: client({}), control };
}
