import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

import { readJsonObject } from './json.mts';

/** The package's name on npm, which is also the prefix of its node types in n8n. */
export const PACKAGE_NAME = 'n8n-nodes-transactionlink';

function isProjectFolder(folder: string): boolean {
	const manifest = join(folder, 'package.json');
	return existsSync(manifest) && readJsonObject(manifest)['name'] === PACKAGE_NAME;
}

// From the working directory, because the tests load this file as CommonJS, where `import.meta` does not exist, and
// Node.js as a module, where `__dirname` does not.
function findProjectFolder(folder = process.cwd()): string {
	if (isProjectFolder(folder)) return folder;
	const parent = dirname(folder);
	if (parent !== folder) return findProjectFolder(parent);
	throw new Error(`Run this in the folder of ${PACKAGE_NAME}.`);
}

/** The folder with this project's package.json. */
export const projectFolder = findProjectFolder();

/** For everything that can be fetched or built again: n8n, packed packages, Node.js. */
export const cacheFolder = resolve(
	process.env['TRANSACTIONLINK_CACHE'] ?? join(projectFolder, '.cache'),
);

/** Creates a temporary folder, which `ends` deletes. */
export function temporaryFolder(purpose: string, ends: AsyncDisposableStack): string {
	const folder = mkdtempSync(join(tmpdir(), `${PACKAGE_NAME}-${purpose}-`));
	ends.defer(() => rmSync(folder, { recursive: true, force: true }));
	return folder;
}
