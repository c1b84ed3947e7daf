import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findServers } from '../../scripts/program/find-programs.mjs';
import { POSTGRES_DATABASE, POSTGRES_USER } from '../../scripts/queue/postgres.mts';
import type { RunningServer } from '../../scripts/queue/server.mts';

/** All files that n8n wrote below its folder, such as its database and logs, without installed packages. */
export function filesBelow(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		if (entry.isDirectory())
			return entry.name === 'node_modules' || entry.name === 'public' ? [] : filesBelow(path);
		return statSync(path).isFile() ? [path] : [];
	});
}

/** The files that contain a text. */
export function filesContaining(text: string, files: string[]): string[] {
	return files.filter((file) => readFileSync(file).includes(text));
}

/** The content of n8n's PostgreSQL database as text. In its files, long values are compressed. */
export function dumpDatabase({ port, password }: RunningServer): string {
	const program = join(dirname(findServers().postgres), 'pg_dump');
	const { stdout, stderr, status } = spawnSync(
		program,
		['--host=127.0.0.1', `--port=${port}`, `--username=${POSTGRES_USER}`, POSTGRES_DATABASE],
		{
			encoding: 'utf8',
			maxBuffer: 512 * 1024 * 1024,
			env: { ...process.env, PGPASSWORD: password },
		},
	);
	if (status !== 0) throw new Error(`pg_dump failed: ${stderr}`);
	return stdout;
}
