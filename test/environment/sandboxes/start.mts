import type { GlobalConfig } from 'jest';

import { startSandboxProcess } from '../../../scripts/sandbox-process.mts';
import { running } from './running.mts';

/** Starts a sandbox for each worker, before the first test file: test files of one worker take turns. */
export default async function start({ maxWorkers }: GlobalConfig): Promise<void> {
	running.push(
		...(await Promise.all(Array.from({ length: maxWorkers }, () => startSandboxProcess()))),
	);
	process.env['SANDBOX_URLS'] = running.map(({ url }) => url).join(' ');
}
