import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { projectFolder } from '../project.mts';

/** Everything that a build of the package comes out of. */
const SOURCES = [
	'contract',
	'credentials',
	'gulp',
	'gulpfile.js',
	'icons',
	'index.js',
	'nodes',
	'package-lock.json',
	'package.json',
	'tsconfig.json',
];

function filesUnder(path: string): string[] {
	if (!existsSync(path)) return [];
	if (!statSync(path).isDirectory()) return [path];
	return readdirSync(path)
		.sort()
		.flatMap((name) => filesUnder(join(path, name)));
}

/**
 * Says by one short text what the package would be built from: the same text means the same package.
 *
 * @returns 16 hexadecimal digits
 */
export function fingerprintOfSources(): string {
	const hash = createHash('sha256');
	for (const file of SOURCES.flatMap((source) => filesUnder(join(projectFolder, source)))) {
		hash.update(`${file.slice(projectFolder.length)}\0`);
		hash.update(readFileSync(file));
	}
	return hash.digest('hex').slice(0, 16);
}
