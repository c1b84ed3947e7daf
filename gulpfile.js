'use strict';

// The build's own steps around `n8n-node build`, which compiles and copies icons.
//
//   gulp contract   generates the wire types and the table of outputs from the contract
//   gulp diagram    draws the imports between modules; diagramIsCurrent checks the drawing
//   gulp            after a build: bundles the code, adds the files that n8n reads next to it, and checks that the
//                   contract is current and n8n can verify the built package

const { readFile, rm, writeFile } = require('node:fs/promises');
const { join } = require('node:path');
const { dest, parallel, series, src } = require('gulp');
const { bundlePackage } = require('./gulp/bundle.js');
const { pageWithDiagram } = require('./gulp/moduleDiagram.js');
const { outputSchemas } = require('./gulp/outputSchemas.js');
const { pageWithOutputs } = require('./gulp/outputTable.js');
const { checkPublishedImports, checkPackageJson } = require('./gulp/published.js');

const CONTRACT = join(__dirname, 'contract', 'openapi.yaml');
const WIRE_TYPES = join(__dirname, 'nodes', 'shared', 'contract', 'wire.generated.ts');
const OPERATIONS = join(__dirname, 'docs', 'operations.md');
const MODULES = join(__dirname, 'docs', 'design', 'modules.md');

const HEADER = `// Made from contract/openapi.yaml by \`npm run contract\`. Change it there.\n\n`;

/** The contract as TypeScript. */
async function wireTypes() {
	const { default: openapiTypescript, astToString } = await import('openapi-typescript');
	const { pathToFileURL } = require('node:url');
	const nodes = await openapiTypescript(pathToFileURL(CONTRACT), { alphabetize: true });
	return HEADER + astToString(nodes);
}

/** Regenerates the wire types and the table of outputs. */
async function contract() {
	await writeFile(WIRE_TYPES, await wireTypes());
	await writeFile(OPERATIONS, await pageWithOutputs(CONTRACT, OPERATIONS));
}

/** Fails when the committed wire types do not match the contract. */
async function contractIsCurrent() {
	const committed = await readFile(WIRE_TYPES, 'utf8');
	if (committed !== (await wireTypes())) {
		throw new Error(
			'nodes/shared/contract/wire.generated.ts is out of date. Run: npm run contract',
		);
	}
}

/** Regenerates the diagram of modules. */
async function diagram() {
	await writeFile(MODULES, await pageWithDiagram(MODULES));
}

/** Fails when the committed diagram does not match the imports. */
async function diagramIsCurrent() {
	if ((await readFile(MODULES, 'utf8')) !== (await pageWithDiagram(MODULES)))
		throw new Error('The diagram in docs/design/modules.md is out of date. Run: npm run diagram');
}

/** Copies the codex files (search words and links of a node) next to the built node, where n8n reads them. */
function codex() {
	return src('nodes/*/*.node.json', { base: '.' }).pipe(dest('dist'));
}

/** Deletes the pictures of the documentation, because `n8n-node build` copies every picture of the project. */
async function removeDocumentationImages() {
	await rm(join(__dirname, 'dist', 'docs'), { recursive: true, force: true });
}

exports.contract = contract;
exports.diagram = diagram;
exports.diagramIsCurrent = diagramIsCurrent;
exports.default = series(
	contractIsCurrent,
	// Also before bundling: a bundle does not show the source of an import, and contains no unused code.
	checkPublishedImports,
	bundlePackage,
	parallel(codex, outputSchemas, removeDocumentationImages),
	parallel(checkPublishedImports, checkPackageJson),
);
