import { dirname, join } from 'node:path';

import axios from 'axios';

import { isJsonObject } from '../json.mts';
import { chooseFreePort } from '../ports.mts';
import { startProgram } from '../program/start.mts';
import { variablesFor } from './variables.mts';
import { installN8n } from './install.mts';

const READY_MILLISECONDS = 180_000;

export interface N8nOptions {
	/** As for `installN8n`, e.g. "2.41.1". */
	version: string;
	/** Contains this n8n's database, encryption key and community packages. */
	userFolder: string;
	/** The port of the editor and the webhooks, on 127.0.0.1. */
	port: number;
	/** The public address, if it is not this port of 127.0.0.1. */
	webhookUrl?: string;
	/** Overrides the usual variables. */
	environment?: Record<string, string>;
	/** "worker" and "webhook" are for queue mode. */
	command?: 'start' | 'worker' | 'webhook';
	/** Gets lines for the user while n8n is installed. */
	report?: (line: string) => void;
}

export interface RunningN8n {
	/** The editor's address, e.g. "http://127.0.0.1:5678". */
	url: string;
	processId: number;
	/** Contains everything that this n8n prints. */
	logFile: string;
	/** Resolves when this n8n has ended, for whatever reason. */
	ended: Promise<unknown>;
	/** Terminates this n8n and everything it started. */
	stop(): Promise<void>;
	/** Kills this n8n and everything it started, as a crash of the machine would. */
	kill(): Promise<void>;
}

// The last line of n8n's start. It serves requests before that, while it still looks for interrupted executions (and
// shows a waiting one as "crashed" until it has looked), and before its webhooks are registered.
const STARTED = 'Editor is now accessible via';

async function isHealthy(url: string): Promise<boolean> {
	try {
		const { data } = await axios.get<unknown>(`${url}/healthz`, { timeout: 5_000, proxy: false });
		return isJsonObject(data);
	} catch {
		return false;
	}
}

/**
 * Starts a real n8n as a process of its own, and waits until it is ready.
 *
 * @throws with the last lines that it printed, when it ends or is not ready within three minutes
 */
export async function startN8n(options: N8nOptions): Promise<RunningN8n> {
	const { version, userFolder, port, command = 'start', report = () => undefined } = options;
	const file = await installN8n(version, report);
	const url = `http://127.0.0.1:${port}`;
	const logFile = join(userFolder, `n8n-${command}-${port}.log`);
	const program = startProgram({
		file,
		args: [command],
		folder: dirname(logFile),
		logFile,
		environment: {
			...variablesFor({ ...options, brokerPort: await chooseFreePort() }),
			...options.environment,
		},
	});
	const look = async () => {
		const isReady = command === 'start' ? program.output().includes(STARTED) : await isHealthy(url);
		return isReady ? true : undefined;
	};
	await program.whenReady('n8n', look, READY_MILLISECONDS);
	const { processId, ended } = program;
	return { url, processId, logFile, ended, stop: () => program.stop(), kill: () => program.kill() };
}
