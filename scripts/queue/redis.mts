import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { chooseFreePort } from '../ports.mts';
import { type RunningServer, startServer } from './server.mts';

/**
 * Starts a Redis on 127.0.0.1, on a free port and with a password of its own. What waits in it is written into its
 * folder when it ends, and is there again at the next start.
 *
 * @param binary the full path of redis-server
 * @param folder where it keeps its data; made when it is not there
 * @throws when it does not start, with the last lines it printed
 */
export async function startRedis(binary: string, folder: string): Promise<RunningServer> {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const port = await chooseFreePort();
	const password = randomBytes(16).toString('hex');
	// In a file, because everybody on this machine can read a command line.
	const settings = join(folder, 'redis.conf');
	const lines = [
		'bind 127.0.0.1',
		`port ${port}`,
		`requirepass ${password}`,
		`dir "${folder}"`,
		'save 60 1',
	];
	writeFileSync(settings, `${lines.join('\n')}\n`, { mode: 0o600 });
	const program = await startServer({
		name: 'Redis',
		binary,
		words: [settings],
		folder,
		logFile: join(folder, 'redis.log'),
		// On a SIGINT behind a SIGTERM it takes itself for stuck, and ends without saving anything.
		endedBy: 'SIGTERM',
	});
	return { port, password, stop: () => program.stop() };
}
