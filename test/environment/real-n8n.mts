import type { ProjectConfig } from 'jest';

import { CURRENT_N8N, installN8n, PREVIOUS_N8N } from '../../scripts/n8n/install.mts';
import { packedPackage } from '../../scripts/n8n/package.mts';

/**
 * Installs n8n and packs the package, unless both are cached: before the first test file, because that may take longer
 * than a test, and once for all workers.
 */
export default async function prepare(_: unknown, { displayName }: ProjectConfig): Promise<void> {
	const isN8n1 = displayName?.name === 'e2e-n8n1';
	await installN8n(isN8n1 ? PREVIOUS_N8N : CURRENT_N8N, console.log);
	await packedPackage({ report: console.log });
}
