import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

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
	const password = randomBytes(16).toString('hex');
	// In a file, because every user of this machine can read a command line.
	const configuration = join(folder, 'redis.conf');
	const lines = ['bind 127.0.0.1', `requirepass ${password}`, `dir "${folder}"`, 'save 60 1', ''];
	writeFileSync(configuration, lines.join('\n'), { mode: 0o600 });
	return await startServer({
		...{ name: 'Redis', binary, folder, password },
		args: (port) => [configuration, '--port', String(port)],
		// On a SIGINT after a SIGTERM it would exit at once, without saving.
		server: { endSignal: 'SIGTERM' },
	});
}
