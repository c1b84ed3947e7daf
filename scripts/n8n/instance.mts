import { dirname, join } from 'node:path';

import axios from 'axios';

import { isJsonObject } from '../json.mts';
import { chooseFreePort } from '../ports.mts';
import { type RunningProgram, startProgram } from '../program/start.mts';
import { waitUntil } from '../waiting.mts';
import { environmentFor } from './environment.mts';
import { installN8n } from './install.mts';

const READY_WITHIN_MILLISECONDS = 180_000;

export interface N8nOptions {
	/** As for `installN8n`, e.g. "2.41.1". */
	version: string;
	/** Where this n8n keeps its database, its key and its community packages. */
	userFolder: string;
	/** The port of the editor and of the webhooks, on 127.0.0.1. */
	port: number;
	/** The address that others reach this n8n under; without it, this port of 127.0.0.1. */
	webhookUrl?: string;
	/** Variables beside the usual ones, or instead of them. */
	environment?: Record<string, string>;
	/** What this process does; the others than "start" are for an n8n in queue mode. */
	command?: 'start' | 'worker' | 'webhook';
	/** Gets lines for a person while n8n is being installed. */
	report?: (line: string) => void;
}

export interface RunningN8n {
	/** The address of the editor, e.g. "http://127.0.0.1:5678". */
	url: string;
	/** What the machine knows this n8n as. */
	processId: number;
	/** Where everything goes that this n8n prints. */
	logFile: string;
	/** Comes when this n8n is gone, whoever ended it. */
	ended: Promise<void>;
	/** Ends this n8n and everything it started, and comes back when they are gone. */
	stop(): Promise<void>;
	/** Ends this n8n and everything it started without asking, as a crash of the machine would. */
	kill(): Promise<void>;
}

// The last line of n8n's own start. Its addresses answer before that, while it still looks for executions that the
// time before cut off (and shows a waiting one as "crashed" until it has looked), and before the webhooks are up.
const STARTED = 'Editor is now accessible via';

async function answers(address: string): Promise<boolean> {
	try {
		const { data } = await axios.get<unknown>(address, { timeout: 5_000, proxy: false });
		return isJsonObject(data);
	} catch {
		return false;
	}
}

async function isReady(
	program: RunningProgram,
	url: string,
	command: string,
): Promise<true | undefined> {
	if (program.isGone()) throw new Error('n8n ended before it was ready.');
	const ready =
		command === 'start' ? program.output().includes(STARTED) : await answers(`${url}/healthz`);
	return ready ? true : undefined;
}

async function whenReady(
	program: RunningProgram,
	url: string,
	command: string,
	logFile: string,
): Promise<void> {
	const words = () => `Its last lines (all of them are in ${logFile}):\n${program.lastWords()}`;
	try {
		await waitUntil(
			`n8n to answer at ${url}`,
			() => isReady(program, url, command),
			READY_WITHIN_MILLISECONDS,
		);
	} catch (error) {
		throw new Error(`${error instanceof Error ? error.message : String(error)} ${words()}`);
	}
}

/**
 * Starts a real n8n as a process of its own, and waits until it answers.
 *
 * @param options which one, and where
 * @returns its address, its log, and how to end it
 * @throws when it ends or does not answer within three minutes, with the last lines it printed
 */
export async function startN8n(options: N8nOptions): Promise<RunningN8n> {
	const file = await installN8n(options.version, options.report ?? (() => undefined));
	const command = options.command ?? 'start';
	const url = `http://127.0.0.1:${options.port}`;
	const logFile = join(options.userFolder, `n8n-${command}-${options.port}.log`);
	const program = startProgram({
		file,
		words: [command],
		folder: dirname(logFile),
		logFile,
		environment: {
			...environmentFor({ ...options, brokerPort: await chooseFreePort() }),
			...options.environment,
		},
	});
	try {
		await whenReady(program, url, command, logFile);
	} catch (error) {
		await program.stop();
		throw error;
	}
	const { processId, ended } = program;
	return { url, processId, logFile, ended, stop: () => program.stop(), kill: () => program.kill() };
}
