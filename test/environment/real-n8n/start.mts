import type { ProjectConfig } from 'jest';

import { CURRENT_N8N, installN8n, PREVIOUS_N8N } from '../../../scripts/n8n/install.mts';
import { packedPackage } from '../../../scripts/n8n/package.mts';
import { createPreparedFolder } from '../../e2e/prepared-n8n.mts';
import { folders } from './folders.mts';

/**
 * Installs n8n and packs the package, unless both are cached, and prepares a user folder: before the first test file,
 * because that may take longer than a test, and once for all workers.
 */
export default async function start(_: unknown, { displayName }: ProjectConfig): Promise<void> {
	const version = displayName?.name === 'e2e-n8n1' ? PREVIOUS_N8N : CURRENT_N8N;
	await installN8n(version, console.log);
	await packedPackage({ report: console.log });
	if (folders.has(version)) return;
	folders.set(version, await createPreparedFolder(version));
}
