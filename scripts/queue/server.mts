import { join } from 'node:path';

import { type RunningProgram, startProgram } from '../program/start.mts';
import { projectFolder } from '../project.mts';
import { waitUntil } from '../waiting.mts';
import type { Account } from './account.mts';

const READY_WITHIN_MILLISECONDS = 60_000;

// Both Redis and PostgreSQL say so, with these words.
const READY = /ready to accept connections/i;

/** A server of ours on 127.0.0.1. */
export interface RunningServer {
	port: number;
	/** What it wants to hear from everybody who connects. */
	password: string;
	/** Ends it, and comes back when it is gone. */
	stop(): Promise<void>;
}

async function whenReady(name: string, program: RunningProgram): Promise<void> {
	await waitUntil(
		`${name} to take connections`,
		() => {
			if (program.isGone())
				throw new Error(`${name} ended before it was ready. It said:\n${program.lastWords()}`);
			return Promise.resolve(READY.test(program.output()) ? true : undefined);
		},
		READY_WITHIN_MILLISECONDS,
	);
}

/**
 * Starts Redis or PostgreSQL as a process of its own, and waits until it takes connections. It lives until it is
 * stopped, and no longer than this process.
 *
 * @param options `name` in messages; `binary` and `words`: the command line; `folder`: where it runs; `logFile`:
 * where everything goes that it prints; `endedBy`: the signal that it ends well on, also when it has got a SIGTERM
 * already; `account`: who it runs as, when that is not who runs this
 * @returns how to end it
 * @throws when it ends or is not ready within a minute, with the last lines it printed
 */
export async function startServer(options: {
	name: string;
	binary: string;
	words: string[];
	folder: string;
	logFile: string;
	endedBy: 'SIGINT' | 'SIGTERM';
	account?: Account | undefined;
}): Promise<RunningProgram> {
	const { name, binary, words, folder, logFile, endedBy, account } = options;
	const program = startProgram({
		file: join(projectFolder, 'scripts', 'queue', 'keeper.mts'),
		words: [binary, ...words],
		folder,
		logFile,
		environment: {
			KEEPER_SIGNAL: endedBy,
			...(account === undefined
				? {}
				: { KEEPER_USER_ID: String(account.userId), KEEPER_GROUP_ID: String(account.groupId) }),
		},
	});
	try {
		await whenReady(name, program);
	} catch (error) {
		await program.stop();
		throw error;
	}
	return program;
}
