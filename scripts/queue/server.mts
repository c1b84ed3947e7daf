import { join } from 'node:path';

import { chooseFreePort } from '../ports.mts';
import { type RunningProgram, startProgram } from '../program/program.mts';
import { projectFolder } from '../project.mts';

// Both Redis and PostgreSQL print it.
const READY = /ready to accept connections/i;

/** How a server runs and ends. */
export interface ServerOptions {
	/** Ends it cleanly, also after a SIGTERM. */
	endSignal: 'SIGINT' | 'SIGTERM';
	/** For another user than this one. */
	identity?: { uid: number; gid: number } | undefined;
}

/** A server on 127.0.0.1. */
export type RunningServer = RunningProgram & { port: number; password: string };

/**
 * Starts Redis or PostgreSQL on a free port, and waits until it accepts connections. It ends with this process at the
 * latest.
 *
 * @param options `args`: its command line for a port; `folder`: its working directory, which also gets its log
 * @throws with the last lines it printed, when it ends or is not ready in time
 */
export async function startServer(options: {
	name: 'Redis' | 'PostgreSQL';
	binary: string;
	args: (port: number) => string[];
	folder: string;
	password: string;
	server: ServerOptions;
}): Promise<RunningServer> {
	const { name, binary, args, folder, password, server } = options;
	const port = await chooseFreePort();
	const program = startProgram({
		file: join(projectFolder, 'scripts', 'queue', 'run-native-server.mts'),
		args: [binary, ...args(port)],
		folder,
		logFile: join(folder, `${name.toLowerCase()}.log`),
		environment: { SERVER_OPTIONS: JSON.stringify(server) },
	});
	const look = () => (READY.test(program.output()) ? true : undefined);
	await program.whenReady(name, look);
	return Object.assign(program, { port, password });
}
