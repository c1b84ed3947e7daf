// `npm run diagram`: draws the imports between modules into docs/design/modules.md. With --check it changes nothing,
// and exits with code 1 if the diagram is out of date.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { execa } from 'execa';

import { projectFolder } from './project.mts';

const FOLDERS = ['credentials', 'nodes', 'sandbox', 'scripts', 'bench'];
/** One box each: the folders of a node and of the shared code, and everything else as a whole. */
const MODULES =
	'^(?:nodes/(?:shared|TransactionLink)/[^/]+|nodes/TransactionLinkTrigger|credentials|sandbox|scripts|bench)(?=/|$)';
const BEGIN = '<!-- module diagram: begin -->';
const END = '<!-- module diagram: end -->';

const { stdout } = await execa({ cwd: projectFolder, preferLocal: true })('depcruise', [
	...['--config', '.dependency-cruiser.cjs', '--output-type', 'mermaid'],
	...['--include-only', `^(${FOLDERS.join('|')})/`, '--collapse', MODULES, ...FOLDERS],
]);
// dependency-cruiser lists arrows in the order of the import statements, which means nothing.
const [boxes = '', arrows = ''] = stdout.trim().split(/\n(?=\w+-->)(.*)/s);
const diagram = [boxes, ...arrows.split('\n').sort()].join('\n');

const file = join(projectFolder, 'docs', 'design', 'modules.md');
const text = readFileSync(file, 'utf8');
const [before, rest = ''] = text.split(BEGIN);
const [, after] = rest.split(END);
if (after === undefined)
	throw new Error(`docs/design/modules.md should contain ${BEGIN} and ${END}.`);
const current = `${before}${BEGIN}\n\n\`\`\`mermaid\n${diagram}\n\`\`\`\n\n${END}${after}`;
if (!process.argv.includes('--check')) {
	writeFileSync(file, current);
} else if (current !== text) {
	console.error('The diagram in docs/design/modules.md is out of date. Run: npm run diagram');
	process.exitCode = 1;
}
