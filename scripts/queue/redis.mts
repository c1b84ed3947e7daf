import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { chooseFreePort } from '../ports.mts';
import { type RunningServer, startServer } from './server.mts';

/**
 * Starts a Redis on 127.0.0.1, on a free port and with a new password. It saves its content when it ends, and loads it
 * at the next start.
 *
 * @param binary the path of redis-server
 * @param folder for its data; created if missing
 * @throws with its last lines when it does not start
 */
export async function startRedis(binary: string, folder: string): Promise<RunningServer> {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const port = await chooseFreePort();
	const password = randomBytes(16).toString('hex');
	// In a file, because every user of this machine can read a command line.
	const configuration = join(folder, 'redis.conf');
	writeFileSync(
		configuration,
		`bind 127.0.0.1\nport ${port}\nrequirepass ${password}\ndir "${folder}"\nsave 60 1\n`,
		{ mode: 0o600 },
	);
	// On a SIGINT after a SIGTERM it would exit at once, without saving.
	const server = { name: 'Redis', endSignal: 'SIGTERM' } as const;
	const program = await startServer({ ...server, binary, args: [configuration], folder });
	return { port, password, stop: () => program.stop() };
}
