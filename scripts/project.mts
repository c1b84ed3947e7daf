import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The name that this package has on npm, and with it the prefix of its node types in n8n. */
export const PACKAGE_NAME = 'n8n-nodes-transactionlink';

function isProjectFolder(folder: string): boolean {
	const manifest = join(folder, 'package.json');
	if (!existsSync(manifest)) return false;
	const content: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
	return (
		typeof content === 'object' &&
		content !== null &&
		'name' in content &&
		content.name === PACKAGE_NAME
	);
}

// From the working directory, and not from this file's own place: the tests load this file as CommonJS, where
// `import.meta` does not exist, and Node as a module, where `__dirname` does not.
function findProjectFolder(start: string): string {
	let folder = resolve(start);
	while (!isProjectFolder(folder)) {
		const parent = dirname(folder);
		if (parent === folder) {
			throw new Error(`Run this from the folder of ${PACKAGE_NAME}: ${start} is not inside it.`);
		}
		folder = parent;
	}
	return folder;
}

/** The folder that holds this project's package.json. */
export const projectFolder = findProjectFolder(process.cwd());

/** Where everything goes that can be fetched or made again: n8n itself, packed packages, what a start keeps. */
export const cacheFolder = resolve(
	process.env['TRANSACTIONLINK_CACHE'] ?? join(projectFolder, '.cache'),
);
