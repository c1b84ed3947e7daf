import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findServers } from '../../scripts/queue/binaries.mts';
import { POSTGRES_DATABASE, POSTGRES_USER } from '../../scripts/queue/postgres.mts';
import type { RunningServer } from '../../scripts/queue/server.mts';

/** All that n8n keeps below its folder: database, logs, everything. What is installed there is not its own. */
export function filesBelow(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		if (entry.isDirectory())
			return entry.name === 'node_modules' || entry.name === 'public' ? [] : filesBelow(path);
		return statSync(path).isFile() ? [path] : [];
	});
}

/** Those of the files that hold the text. */
export function holding(text: string, files: string[]): string[] {
	return files.filter((file) => readFileSync(file).includes(text));
}

/** Everything that PostgreSQL keeps for n8n, as text: in its files, long values are compressed. */
export function dumped({ port, password }: RunningServer): string {
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
	if (status !== 0) throw new Error(`pg_dump did not work: ${stderr}`);
	return stdout;
}
