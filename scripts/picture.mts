// `npm run picture`: draws the house in CONTRIBUTING.md, from the code's own imports. With --check it changes nothing,
// and ends with exit code 1 when the picture there is another one.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { draw, withPicture } from './picture/draw.mts';
import { arrowsOf, readImports } from './picture/imports.mts';
import { projectFolder } from './project.mts';

const file = join(projectFolder, 'CONTRIBUTING.md');
const before = readFileSync(file, 'utf8');
const after = withPicture(before, draw(arrowsOf(await readImports())));
if (!process.argv.includes('--check')) {
	writeFileSync(file, after);
} else if (after !== before) {
	console.error('The picture in CONTRIBUTING.md is not what the imports say. Run: npm run picture');
	process.exitCode = 1;
}
