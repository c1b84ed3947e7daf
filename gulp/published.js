'use strict';

// What n8n's verification asks of the files that are published. The build checks `dist`; test/package checks what
// `npm pack` makes of it.

const { readdir, readFile } = require('node:fs/promises');
const { dirname, join, relative, resolve } = require('node:path');
const { existsSync } = require('node:fs');

const project = dirname(__dirname);
const dist = join(project, 'dist');

const ALLOWED_MODULES = new Set(['n8n-workflow', 'node:crypto']);

/** Every module that a built file names, in `require(...)` or `import(...)`, whatever the quotes. */
function modulesNamedIn(code) {
	return [...code.matchAll(/\b(?:require|import)\s*\(\s*(['"`])([^'"`]*)\1\s*\)/g)].map(
		(match) => match[2],
	);
}

/**
 * What speaks against the imports of the built files in a folder: anything but n8n-workflow, node:crypto and a file
 * that is published as well, and names that are put together at run time, so that no check can tell what they are.
 *
 * @param {string} folder the whole of what is published, or `dist` alone
 * @returns {Promise<string[]>} one sentence for each; empty when all is well
 */
async function complaintsAboutImports(folder) {
	const complaints = [];
	const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.js'));
	for (const name of names) {
		const file = join(folder, name);
		const code = await readFile(file, 'utf8');
		// A call of something's own method of that name is none, but `...require()` is.
		const calls = [...code.matchAll(/(?<!\w|(?<!\.\.)\.)(?:require|import)\s*\(/g)].length;
		const named = modulesNamedIn(code);
		if (calls !== named.length)
			complaints.push(`${name}: an import whose name is not a plain text`);
		for (const wanted of named) {
			if (ALLOWED_MODULES.has(wanted)) continue;
			const target = wanted.startsWith('.') ? resolve(dirname(file), wanted) : '';
			const isPublished =
				target !== '' &&
				!relative(folder, target).startsWith('..') &&
				[target, `${target}.js`, join(target, 'index.js')].some((path) => existsSync(path));
			if (!isPublished) complaints.push(`${name}: imports ${wanted}`);
		}
	}
	if (names.length === 0) complaints.push('there is no built file: build first');
	return complaints;
}

/** Fails when a built file imports what it may not. */
async function checkPublishedImports() {
	const complaints = await complaintsAboutImports(dist);
	if (complaints.length > 0) {
		throw new Error(
			`Published files may import n8n-workflow, node:crypto and each other only:\n${complaints.join('\n')}`,
		);
	}
}

/** The rules about package.json: what has to be so, and what to say when it is not. */
const MANIFEST_RULES = [
	[
		({ name }) => /^(@[^/]+\/)?n8n-nodes-[a-z0-9-]+$/.test(name),
		'its name does not begin with n8n-nodes-',
	],
	[({ version }) => /^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version), 'its version is none'],
	[
		({ keywords }) => keywords?.includes('n8n-community-node-package'),
		'the keyword n8n-community-node-package is missing',
	],
	[({ license }) => license === 'MIT', 'its license is not MIT'],
	[({ description }) => Boolean(description), 'it has no description'],
	[
		({ author }) => Boolean(author?.name) && /^\S+@\S+\.\S+$/.test(author?.email),
		'its author lacks a name or an e-mail address',
	],
	[
		({ repository }) => /^git\+https:\/\/.+\.git$/.test(repository?.url),
		'its repository is not a git+https address',
	],
	[
		({ homepage, repository }) => homepage === repository?.url?.replace(/^git\+|\.git$/g, ''),
		'its homepage is not the repository, where the documentation is',
	],
	[
		({ dependencies }) => Object.keys(dependencies ?? {}).length === 0,
		'it has runtime dependencies',
	],
	[
		({ optionalDependencies }) => optionalDependencies === undefined,
		'it has optional dependencies',
	],
	[
		({ bundledDependencies, bundleDependencies }) =>
			(bundledDependencies ?? bundleDependencies) === undefined,
		'it bundles dependencies',
	],
	[
		({ peerDependencies }) => JSON.stringify(peerDependencies) === '{"n8n-workflow":"*"}',
		'its peerDependencies are not exactly {"n8n-workflow": "*"}',
	],
	[({ files }) => JSON.stringify(files) === '["dist"]', 'it publishes more than dist'],
	[({ overrides }) => overrides === undefined, 'it has overrides'],
	[({ private: hidden }) => hidden !== true, 'it is private'],
	[({ n8n }) => n8n?.strict === true, 'strict mode is off'],
	[({ n8n }) => n8n?.n8nNodesApiVersion === 1, 'its n8nNodesApiVersion is not 1'],
	...['prepare', 'preinstall', 'install', 'postinstall'].map((name) => [
		({ scripts }) => scripts?.[name] === undefined,
		`it has a ${name} script`,
	]),
];

/**
 * What speaks against a package.json: rules of n8n's verification that no linter looks at, and files that it names.
 *
 * @param {Record<string, any>} manifest its content
 * @param {string} folder where it lies: the project after a build, or the unpacked package
 * @returns {string[]} one sentence for each; empty when all is well
 */
function complaintsAboutManifest(manifest, folder) {
	const named = [
		manifest.main,
		...(manifest.n8n?.nodes ?? []),
		...(manifest.n8n?.credentials ?? []),
	];
	return [
		...MANIFEST_RULES.filter(([holds]) => !holds(manifest)).map(([, complaint]) => complaint),
		...named
			.filter((path) => path && !existsSync(join(folder, path)))
			.map((path) => `${path} is not there`),
	];
}

/** Fails when package.json breaks a rule of verification, or names a file that was not built. */
async function checkPackageJson() {
	const manifest = JSON.parse(await readFile(join(project, 'package.json'), 'utf8'));
	const complaints = complaintsAboutManifest(manifest, project);
	if (complaints.length > 0) throw new Error(`package.json: ${complaints.join('; ')}`);
}

module.exports = {
	checkPublishedImports,
	checkPackageJson,
	complaintsAboutImports,
	complaintsAboutManifest,
};
