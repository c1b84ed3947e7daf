'use strict';

// The build's own steps around `n8n-node build`, which compiles and copies icons.
//
//   gulp contract   writes the wire types that the contract describes
//   gulp            after a build: bundles the code, adds what n8n reads beside it, and checks that the contract is
//                   current and the built package is what n8n can verify

const { readFile, rm, writeFile } = require('node:fs/promises');
const { join } = require('node:path');
const { dest, parallel, series, src } = require('gulp');
const { bundlePackage } = require('./gulp/bundle.js');
const { outputSchemas } = require('./gulp/outputSchemas.js');
const { checkPublishedImports, checkPackageJson } = require('./gulp/published.js');

const CONTRACT = join(__dirname, 'contract', 'openapi.yaml');
const WIRE_TYPES = join(__dirname, 'nodes', 'shared', 'contract', 'wire.generated.ts');

const HEADER = `// Made from contract/openapi.yaml by \`npm run contract\`. Change it there.\n\n`;

/** What the contract says, as TypeScript. */
async function wireTypes() {
	const { default: openapiTypescript, astToString } = await import('openapi-typescript');
	const { pathToFileURL } = require('node:url');
	const nodes = await openapiTypescript(pathToFileURL(CONTRACT), { alphabetize: true });
	return HEADER + astToString(nodes);
}

/** Regenerates the wire types. */
async function contract() {
	await writeFile(WIRE_TYPES, await wireTypes());
}

/** Fails when the committed wire types are not those of the contract. */
async function contractIsCurrent() {
	const committed = await readFile(WIRE_TYPES, 'utf8');
	if (committed !== (await wireTypes())) {
		throw new Error(
			'nodes/shared/contract/wire.generated.ts is not what contract/openapi.yaml says. Run: npm run contract',
		);
	}
}

/** Codex files (search words and links of a node) are read by n8n beside the built node. */
function codex() {
	return src('nodes/*/*.node.json', { base: '.' }).pipe(dest('dist'));
}

/** `n8n-node build` copies every picture of the project; those of the README are for readers of the repository. */
async function leaveOutPictures() {
	await rm(join(__dirname, 'dist', 'docs'), { recursive: true, force: true });
}

exports.contract = contract;
exports.contractIsCurrent = contractIsCurrent;
exports.default = series(
	contractIsCurrent,
	// Before as well: a bundle does not show where something came from, and contains no unused code.
	checkPublishedImports,
	bundlePackage,
	parallel(codex, outputSchemas, leaveOutPictures),
	parallel(checkPublishedImports, checkPackageJson),
);
