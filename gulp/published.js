'use strict';

// The rules of n8n's verification about published files. The build checks `dist`; test/package checks the output of
// `npm pack`.

const { readdir, readFile } = require('node:fs/promises');
const { dirname, join, relative, resolve } = require('node:path');
const { existsSync } = require('node:fs');

const project = dirname(__dirname);
const dist = join(project, 'dist');

const ALLOWED_MODULES = new Set(['n8n-workflow', 'node:crypto']);

/** Every module that a built file imports with `require(...)` or `import(...)`, with any quotes. */
function modulesNamedIn(code) {
	return [...code.matchAll(/\b(?:require|import)\s*\(\s*(['"`])([^'"`]*)\1\s*\)/g)].map(
		(match) => match[2],
	);
}

/**
 * Complaints about the imports of built files in a folder: any module except n8n-workflow, node:crypto and other
 * published files, and names that are computed at run time, which no check can verify.
 *
 * @param {string} folder of all published files, or `dist`
 * @returns {Promise<string[]>} one sentence for each complaint
 */
async function findForbiddenImports(folder) {
	const complaints = [];
	const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.js'));
	for (const name of names) {
		const file = join(folder, name);
		const code = await readFile(file, 'utf8');
		// A method of that name is not an import, but `...require()` is.
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

/** Fails when a built file imports a forbidden module. */
async function checkPublishedImports() {
	const complaints = await findForbiddenImports(dist);
	if (complaints.length > 0) {
		throw new Error(
			`Published files may import n8n-workflow, node:crypto and each other only:\n${complaints.join('\n')}`,
		);
	}
}

/** The rules about package.json, each with its complaint. */
const MANIFEST_RULES = [
	[
		({ name }) => /^(@[^/]+\/)?n8n-nodes-[a-z0-9-]+$/.test(name),
		'its name does not begin with n8n-nodes-',
	],
	[({ version }) => /^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version), 'its version is not semantic'],
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
 * Complaints about a package.json: rules of n8n's verification that no linter checks, and missing files.
 *
 * @param {Record<string, any>} manifest its content
 * @param {string} folder of package.json: the project after a build, or the unpacked package
 * @returns {string[]} one sentence for each complaint
 */
function findManifestProblems(manifest, folder) {
	const named = [
		manifest.main,
		...(manifest.n8n?.nodes ?? []),
		...(manifest.n8n?.credentials ?? []),
	];
	return [
		...MANIFEST_RULES.filter(([holds]) => !holds(manifest)).map(([, complaint]) => complaint),
		...named
			.filter((path) => path && !existsSync(join(folder, path)))
			.map((path) => `${path} is missing`),
	];
}

/** Fails when package.json violates a rule of verification, or lists a file that was not built. */
async function checkPackageJson() {
	const manifest = JSON.parse(await readFile(join(project, 'package.json'), 'utf8'));
	const complaints = findManifestProblems(manifest, project);
	if (complaints.length > 0) throw new Error(`package.json: ${complaints.join('; ')}`);
}

module.exports = {
	checkPublishedImports,
	checkPackageJson,
	findForbiddenImports,
	findManifestProblems,
};
