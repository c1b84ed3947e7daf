import { join } from 'node:path';

import { type RunningProgram, startProgram } from '../program/start.mts';
import { projectFolder } from '../project.mts';
import type { Account } from './binaries.mts';

const READY_MILLISECONDS = 60_000;

// Both Redis and PostgreSQL print it.
const READY = /ready to accept connections/i;

/** A server on 127.0.0.1. */
export interface RunningServer {
	port: number;
	password: string;
	stop(): Promise<void>;
}

/**
 * Starts Redis or PostgreSQL, and waits until it accepts connections. It ends with this process at the latest.
 *
 * @param options `args`: its command line; `folder`: its working directory, which also gets its log; `endSignal`: ends
 * it cleanly, also after a SIGTERM; `account`: for another user than this one
 * @throws with the last lines it printed, when it ends or is not ready within a minute
 */
export async function startServer(options: {
	name: 'Redis' | 'PostgreSQL';
	binary: string;
	args: string[];
	folder: string;
	endSignal: 'SIGINT' | 'SIGTERM';
	account?: Account | undefined;
}): Promise<RunningProgram> {
	const { name, binary, args, folder, endSignal, account } = options;
	const program = startProgram({
		file: join(projectFolder, 'scripts', 'queue', 'foreign-program.mts'),
		args: [binary, ...args],
		folder,
		logFile: join(folder, `${name.toLowerCase()}.log`),
		environment: {
			SERVER_END_SIGNAL: endSignal,
			...(account && {
				SERVER_USER_ID: `${account.userId}`,
				SERVER_GROUP_ID: `${account.groupId}`,
			}),
		},
	});
	const look = () => (READY.test(program.output()) ? true : undefined);
	await program.whenReady(name, look, READY_MILLISECONDS);
	return program;
}
