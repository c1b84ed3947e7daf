import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { execa } from 'execa';

import { chooseFreePort } from '../ports.mts';
import type { Account, ServerBinaries } from './binaries.mts';
import { type RunningServer, startServer } from './server.mts';

/** The user that n8n connects as, and the database that PostgreSQL creates by itself. */
export const POSTGRES_USER = 'n8n';
export const POSTGRES_DATABASE = 'postgres';

function own(path: string, account: Account | undefined): void {
	if (account !== undefined) chownSync(path, account.userId, account.groupId);
}

async function createDatabase(
	initdb: string,
	folder: string,
	account: Account | undefined,
): Promise<void> {
	const passwordFile = join(folder, 'password');
	writeFileSync(passwordFile, `${randomBytes(16).toString('hex')}\n`, { mode: 0o600 });
	own(passwordFile, account);
	const data = join(folder, 'data');
	// An interrupted start may have left a part of it.
	rmSync(data, { recursive: true, force: true });
	const user = [`--pgdata=${data}`, `--username=${POSTGRES_USER}`, `--pwfile=${passwordFile}`];
	const format = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-sync'];
	await execa(initdb, [...user, ...format], {
		cwd: folder,
		...(account && { uid: account.userId, gid: account.groupId }),
	});
	writeFileSync(join(folder, 'complete'), '');
}

/**
 * Starts a PostgreSQL on 127.0.0.1, on a free port and with a password of its own.
 *
 * @param folder for its data; created if missing; `account` must be able to reach it
 * @param account for another user than this one
 * @throws with its last lines when it does not start
 */
export async function startPostgres(
	binaries: ServerBinaries,
	folder: string,
	account: Account | undefined,
): Promise<RunningServer> {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	own(folder, account);
	if (!existsSync(join(folder, 'complete'))) await createDatabase(binaries.initdb, folder, account);
	const port = await chooseFreePort();
	const settings = [
		'listen_addresses=127.0.0.1',
		`port=${port}`,
		// No socket, which would be in a folder that other users can read.
		'unix_socket_directories=',
		'max_connections=200',
		// A power cut may lose the last moment, and nothing else.
		'synchronous_commit=off',
		'lc_messages=C',
	];
	const program = await startServer({
		name: 'PostgreSQL',
		binary: binaries.postgres,
		args: ['-D', join(folder, 'data'), ...settings.flatMap((setting) => ['-c', setting])],
		folder,
		// On SIGTERM it waits until all clients have disconnected; on SIGINT it disconnects them.
		endSignal: 'SIGINT',
		account,
	});
	const password = readFileSync(join(folder, 'password'), 'utf8').trim();
	return { port, password, stop: () => program.stop() };
}
