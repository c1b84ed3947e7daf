'use strict';

// What n8n's verification asks of the files that are published, checked on the built ones.

const { readdir, readFile } = require('node:fs/promises');
const { dirname, join, relative, resolve } = require('node:path');
const { existsSync } = require('node:fs');

const project = dirname(__dirname);
const dist = join(project, 'dist');

const ALLOWED_MODULES = new Set(['n8n-workflow', 'node:crypto']);

/** Every module that a built file names, in `require(...)` or `import(...)`, whatever the quotes. */
function modulesNamedIn(code) {
	return [...code.matchAll(/\b(?:require|import)\s*\(\s*(['"`])([^'"`]*)\1\s*\)/g)].map((match) => match[2]);
}

/**
 * Fails when a published file imports anything but n8n-workflow, node:crypto and another published file, or
 * when a name is put together at run time, so that nobody can tell what it is.
 */
async function checkPublishedImports() {
	const complaints = [];
	const names = (await readdir(dist, { recursive: true })).filter((name) => name.endsWith('.js'));
	for (const name of names) {
		const file = join(dist, name);
		const code = await readFile(file, 'utf8');
		const calls = [...code.matchAll(/(?<![.\w])(?:require|import)\s*\(/g)].length;
		const named = modulesNamedIn(code);
		if (calls !== named.length) complaints.push(`${name}: an import whose name is not a plain text`);
		for (const wanted of named) {
			if (ALLOWED_MODULES.has(wanted)) continue;
			const target = wanted.startsWith('.') ? resolve(dirname(file), wanted) : '';
			const isPublished =
				target !== '' &&
				!relative(dist, target).startsWith('..') &&
				[target, `${target}.js`, join(target, 'index.js')].some((path) => existsSync(path));
			if (!isPublished) complaints.push(`${name}: imports ${wanted}`);
		}
	}
	if (names.length === 0) complaints.push('dist is empty: build first');
	if (complaints.length > 0) {
		throw new Error(`Published files may import n8n-workflow, node:crypto and each other only:\n${complaints.join('\n')}`);
	}
}

/** Fails when package.json breaks a rule of verification that no linter looks at. */
async function checkPackageJson() {
	const manifest = JSON.parse(await readFile(join(project, 'package.json'), 'utf8'));
	const complaints = [];
	if (Object.keys(manifest.dependencies ?? {}).length > 0) complaints.push('it has runtime dependencies');
	if (JSON.stringify(manifest.peerDependencies) !== '{"n8n-workflow":"*"}') {
		complaints.push('its peerDependencies are not exactly {"n8n-workflow": "*"}');
	}
	if (JSON.stringify(manifest.files) !== '["dist"]') complaints.push('it publishes more than dist');
	if (manifest.overrides !== undefined) complaints.push('it has overrides');
	if (!manifest.keywords?.includes('n8n-community-node-package')) complaints.push('the keyword is missing');
	if (manifest.license !== 'MIT') complaints.push('its license is not MIT');
	if (manifest.n8n?.strict !== true) complaints.push('strict mode is off');
	for (const script of ['prepare', 'preinstall', 'install', 'postinstall']) {
		if (manifest.scripts?.[script] !== undefined) complaints.push(`it has a ${script} script`);
	}
	for (const path of [...(manifest.n8n?.nodes ?? []), ...(manifest.n8n?.credentials ?? [])]) {
		if (!existsSync(join(project, path))) complaints.push(`${path} was not built`);
	}
	if (complaints.length > 0) throw new Error(`package.json: ${complaints.join('; ')}`);
}

module.exports = { checkPublishedImports, checkPackageJson };
