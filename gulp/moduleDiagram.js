'use strict';

// docs/design/modules.md shows the imports between modules. This step draws them.

const { execFile } = require('node:child_process');
const { readFile } = require('node:fs/promises');
const { dirname, join } = require('node:path');
const { promisify } = require('node:util');
const { withPart } = require('./page.js');

const project = dirname(__dirname);
const FOLDERS = ['credentials', 'nodes', 'sandbox', 'scripts', 'bench'];
/** One box each: the folders of a node and of the shared code, and everything else as a whole. */
const MODULES =
	'^(?:nodes/(?:shared|TransactionLink)/[^/]+|nodes/TransactionLinkTrigger|credentials|sandbox|scripts|bench)(?=/|$)';

/**
 * Returns the text of docs/design/modules.md with the current diagram.
 *
 * @param {string} page the path of the page
 */
async function pageWithDiagram(page) {
	const program = join(
		project,
		'node_modules',
		'dependency-cruiser',
		'bin',
		'dependency-cruiser.mjs',
	);
	const { stdout } = await promisify(execFile)(
		process.execPath,
		[
			...[program, '--config', '.dependency-cruiser.cjs', '--output-type', 'mermaid'],
			...['--include-only', `^(${FOLDERS.join('|')})/`, '--collapse', MODULES, ...FOLDERS],
		],
		{ cwd: project },
	);
	// dependency-cruiser lists arrows in the order of the import statements, which means nothing.
	const [boxes = '', arrows = ''] = stdout.trim().split(/\n(?=\w+-->)(.*)/s);
	const diagram = [boxes, ...arrows.split('\n').sort()].join('\n');
	const text = await readFile(page, 'utf8');
	return withPart(text, 'module diagram', `\`\`\`mermaid\n${diagram}\n\`\`\``);
}

module.exports = { pageWithDiagram };
