import { installN8n } from '../../../scripts/n8n/install.mts';
import { packedPackage } from '../../../scripts/n8n/package.mts';
import { createPreparedFolder } from '../../e2e/prepared-n8n.mts';

/** The prepared user folders of this run, between jest's set-up and its teardown. */
export const folders: string[] = [];

/**
 * Installs n8n and packs the package, unless both are cached, and prepares a user folder: before the first test file,
 * because that may take longer than a test, and once for all workers.
 */
export async function prepareN8n(version: string): Promise<void> {
	await installN8n(version, console.log);
	await packedPackage({ report: console.log });
	folders.push(await createPreparedFolder(version));
}
