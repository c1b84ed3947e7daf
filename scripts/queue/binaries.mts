import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { findProgram, foldersOnPath } from '../program/find.mts';

// Debian keeps PostgreSQL's programs out of PATH, one folder for each version.
const POSTGRES_VERSIONS = '/usr/lib/postgresql';

/** A server that is not on this machine. Its message is for the person who gave the command. */
export class MissingServer extends Error {}

/** The programs that an n8n in queue mode needs beside n8n, by their full paths. */
export interface ServerBinaries {
	redis: string;
	postgres: string;
	/** Makes the folder that PostgreSQL keeps its data in. */
	initdb: string;
}

function newestPostgresFolders(): string[] {
	if (!existsSync(POSTGRES_VERSIONS)) return [];
	return readdirSync(POSTGRES_VERSIONS)
		.sort((one, other) => Number(other) - Number(one))
		.map((version) => join(POSTGRES_VERSIONS, version, 'bin'));
}

/**
 * Finds Redis and PostgreSQL.
 *
 * @throws MissingServer saying what to install
 */
export function findServers(): ServerBinaries {
	const onPath = foldersOnPath();
	const postgresFolders = [...newestPostgresFolders(), ...onPath];
	const redis = findProgram('redis-server', onPath);
	const postgres = findProgram('postgres', postgresFolders);
	const initdb = findProgram('initdb', postgresFolders);
	if (redis !== undefined && postgres !== undefined && initdb !== undefined)
		return { redis, postgres, initdb };
	const missing = [
		...(redis === undefined ? ['Redis'] : []),
		...(postgres === undefined || initdb === undefined ? ['PostgreSQL'] : []),
	];
	throw new MissingServer(
		`n8n in queue mode needs Redis and PostgreSQL, and ${missing.join(' and ')} cannot be found here.\n` +
			'Install both; nothing has to be set up, and neither has to run:\n' +
			'  Debian, Ubuntu   sudo apt-get install redis-server postgresql\n' +
			'  macOS            brew install redis postgresql@17, and put the bin folder of postgresql@17 on PATH',
	);
}
