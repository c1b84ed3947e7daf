import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { chooseFreePort } from '../ports.mts';
import type { Account } from './account.mts';
import type { ServerBinaries } from './binaries.mts';
import { type RunningServer, startServer } from './server.mts';

/** Who n8n connects as, and the database that PostgreSQL makes by itself. */
export const POSTGRES_USER = 'n8n';
export const POSTGRES_DATABASE = 'postgres';

function own(path: string, account: Account | undefined): void {
	if (account !== undefined) chownSync(path, account.userId, account.groupId);
}

function makeDatabase(initdb: string, folder: string, account: Account | undefined): void {
	const passwordFile = join(folder, 'password');
	writeFileSync(passwordFile, `${randomBytes(16).toString('hex')}\n`, { mode: 0o600 });
	own(passwordFile, account);
	const data = join(folder, 'data');
	// What an interrupted start left behind.
	rmSync(data, { recursive: true, force: true });
	const words = [`--pgdata=${data}`, `--username=${POSTGRES_USER}`, `--pwfile=${passwordFile}`];
	const made = spawnSync(
		initdb,
		[...words, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-sync'],
		{
			cwd: folder,
			encoding: 'utf8',
			...(account === undefined ? {} : { uid: account.userId, gid: account.groupId }),
		},
	);
	if (made.status !== 0) {
		throw new Error(
			`PostgreSQL could not make a database in ${data}. It said:\n${made.stderr}${made.error?.message ?? ''}`,
		);
	}
	writeFileSync(join(folder, 'complete'), '');
}

/**
 * Starts a PostgreSQL on 127.0.0.1, on a free port and with a password of its own.
 *
 * @param binaries where its programs are
 * @param folder where it keeps its data, made when it is not there; `account` has to be able to reach it
 * @param account who it runs as, when that is not who runs this
 * @throws when it does not start, with the last lines it printed
 */
export async function startPostgres(
	binaries: ServerBinaries,
	folder: string,
	account: Account | undefined,
): Promise<RunningServer> {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	own(folder, account);
	if (!existsSync(join(folder, 'complete'))) makeDatabase(binaries.initdb, folder, account);
	const port = await chooseFreePort();
	const settings = {
		listen_addresses: '127.0.0.1',
		port: String(port),
		// Connections over the network alone: a socket would lie in a folder that others use as well.
		unix_socket_directories: '',
		max_connections: '200',
		// A cut of the power may cost the last moment, and never more than that.
		synchronous_commit: 'off',
		lc_messages: 'C',
	};
	const program = await startServer({
		name: 'PostgreSQL',
		binary: binaries.postgres,
		words: [
			'-D',
			join(folder, 'data'),
			...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
		],
		folder,
		logFile: join(folder, 'postgres.log'),
		// On SIGTERM it waits until everybody has hung up; on SIGINT it hangs up itself.
		endedBy: 'SIGINT',
		account,
	});
	const password = readFileSync(join(folder, 'password'), 'utf8').trim();
	return { port, password, stop: () => program.stop() };
}
