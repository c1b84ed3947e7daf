import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { UserError } from '../command-line.mts';
import { findProgram } from '../program/find.mts';

// Debian keeps PostgreSQL's programs out of PATH, in one folder for each version.
const POSTGRES_VERSIONS = '/usr/lib/postgresql';

/** The paths of the programs that queue mode needs in addition to n8n. */
export interface ServerBinaries {
	redis: string;
	postgres: string;
	/** Creates the folder with PostgreSQL's data. */
	initdb: string;
}

function findPostgresProgram(name: string): string | undefined {
	const versions = existsSync(POSTGRES_VERSIONS) ? readdirSync(POSTGRES_VERSIONS) : [];
	const newestFirst = versions.sort((one, other) => Number(other) - Number(one));
	const folders = newestFirst.map((version) => join(POSTGRES_VERSIONS, version, 'bin'));
	return findProgram(name, folders) ?? findProgram(name);
}

/**
 * Finds Redis and PostgreSQL.
 *
 * @throws UserError saying what to install
 */
export function findServers(): ServerBinaries {
	const redis = findProgram('redis-server');
	const postgres = findPostgresProgram('postgres');
	const initdb = findPostgresProgram('initdb');
	const hasPostgres = postgres !== undefined && initdb !== undefined;
	if (redis !== undefined && hasPostgres) return { redis, postgres, initdb };
	const missing = [redis === undefined && 'Redis', !hasPostgres && 'PostgreSQL'].filter(Boolean);
	throw new UserError(
		`Queue mode needs Redis and PostgreSQL, and ${missing.join(' and ')} was not found.\n` +
			'Install both. They need no setup and need not be running:\n' +
			'  Debian, Ubuntu   sudo apt-get install redis-server postgresql\n' +
			'  macOS            brew install redis postgresql@17, and put the bin folder of postgresql@17 on PATH',
	);
}

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
