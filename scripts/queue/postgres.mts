import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { execa } from 'execa';

import { UserError } from '../command-line.mts';
import type { Servers } from '../program/find-programs.mjs';
import { type RunningServer, startServer } from './server.mts';

/** The user that n8n connects as, and the database that PostgreSQL creates by itself. */
export const POSTGRES_USER = 'n8n';
export const POSTGRES_DATABASE = 'postgres';

/** A user account of this machine. */
export interface Account {
	uid: number;
	gid: number;
	homeFolder: string;
}

/**
 * The account that PostgreSQL has to run as.
 *
 * @returns `undefined` for the user that runs this: PostgreSQL rejects only root
 * @throws when root runs this and there is no account "postgres", which PostgreSQL's package creates
 */
export function accountForPostgres(): Account | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const entry = spawnSync('getent', ['passwd', 'postgres'], { encoding: 'utf8' }).stdout;
	const [, , uid, gid, , homeFolder] = (entry ?? '').split(':');
	if (homeFolder === undefined)
		throw new UserError('PostgreSQL does not run as root, and there is no account "postgres".');
	return { uid: Number(uid), gid: Number(gid), homeFolder };
}

function own(path: string, account: Account | undefined): void {
	if (account !== undefined) chownSync(path, account.uid, account.gid);
}

const identityOf = (account: Account | undefined) =>
	account && { uid: account.uid, gid: account.gid };

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
	await execa(initdb, [...user, ...format], { cwd: folder, ...identityOf(account) });
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
	binaries: Servers,
	folder: string,
	account: Account | undefined,
): Promise<RunningServer> {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	own(folder, account);
	if (!existsSync(join(folder, 'complete'))) await createDatabase(binaries.initdb, folder, account);
	const settings = [
		'listen_addresses=127.0.0.1',
		// No socket, which would be in a folder that other users can read.
		'unix_socket_directories=',
		'max_connections=200',
		// A power cut may lose the last moment, and nothing else.
		'synchronous_commit=off',
		'lc_messages=C',
	];
	const commandLine = ['-D', join(folder, 'data'), ...settings.flatMap((one) => ['-c', one])];
	return await startServer({
		name: 'PostgreSQL',
		binary: binaries.postgres,
		args: (port) => [...commandLine, '-p', String(port)],
		folder,
		password: readFileSync(join(folder, 'password'), 'utf8').trim(),
		// On SIGTERM it waits until all clients have disconnected; on SIGINT it disconnects them.
		server: { endSignal: 'SIGINT', identity: identityOf(account) },
	});
}
