import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { GlobalConfig } from 'jest';

import { startSandboxProcess } from '../../tools/sandbox-process.mts';
import { running } from './running.mts';

/** Starts a sandbox for each worker before the first test file. */
export default async function start({ maxWorkers }: GlobalConfig): Promise<void> {
	running.push(
		...(await Promise.all(Array.from({ length: maxWorkers }, () => startSandboxProcess()))),
	);
	// The workers' n8n stores its settings and files there. stop.mts removes it.
	process.env['N8N_FOLDERS'] = mkdtempSync(join(tmpdir(), 'n8n-engine-'));
	process.env['SANDBOX_URLS'] = running.map(({ url }) => url).join(' ');
}
