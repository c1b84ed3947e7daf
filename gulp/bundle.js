'use strict';

// n8n loads every node and credential at startup, and each file of a package takes it a fifth of a millisecond. So
// one file contains the code of all sources, and the files that n8n loads by name import it. One file for each node
// plus one for shared code would be 1.5 kB larger, because each shared name would also be an export.

const { mkdir, readFile, rm, writeFile } = require('node:fs/promises');
const { dirname, isAbsolute, join } = require('node:path');

const { minify } = require('@swc/core');

const project = dirname(__dirname);
const dist = join(project, 'dist');

/** Removes indentation and spaces from each part of a bundle. Its heading becomes a line with the file's name. */
async function compact(code) {
	const parts = code.split(/^(\/\/ .*)$/m);
	const compacted = await Promise.all(
		parts.map(async (part) =>
			part.startsWith('// ')
				? part.replace(/^\/\/ .*\/(.*)\.ts$/, '// $1')
				: (await minify(part, { compress: false, mangle: false, module: false })).code,
		),
	);
	return compacted.join('\n');
}

/**
 * Bundles sources of the package and their imports into one file, and writes a file for each source that imports it.
 * Names stay, and each part has its source's name as a heading, so that a reviewer can format and read it. External
 * modules are not included.
 *
 * @param {Record<string, string>} sources by their file names, without the extension
 * @param {string} folder for the files
 */
async function bundle(sources, folder) {
	const { rolldown } = await import('rolldown');
	const bundled = await rolldown({
		cwd: project,
		platform: 'node',
		input: sources,
		external: (name) => !name.startsWith('.') && !isAbsolute(name),
		tsconfig: join(project, 'tsconfig.json'),
	});
	const { output } = await bundled.generate({
		format: 'cjs',
		exports: 'named',
		comments: false,
		minify: {
			compress: { joinVars: true, sequences: false },
			mangle: false,
			codegen: { removeWhitespace: false },
		},
		entryFileNames: '[name].js',
		chunkFileNames: 'nodes/[name].js',
		// One copy of each class, because the code distinguishes errors by their class.
		codeSplitting: { groups: [{ name: 'package' }] },
	});
	await bundled.close();
	for (const { fileName, code } of output) {
		const file = join(folder, fileName);
		await mkdir(dirname(file), { recursive: true });
		await writeFile(file, await compact(code));
	}
}

/** Replaces the compiled files that n8n loads by name with the bundle. */
async function bundlePackage() {
	const { n8n } = JSON.parse(await readFile(join(project, 'package.json'), 'utf8'));
	const names = [...n8n.nodes, ...n8n.credentials].map((file) =>
		file.replace(/^dist\/|\.js$/g, ''),
	);
	for (const folder of ['nodes', 'credentials'])
		await rm(join(dist, folder), { recursive: true, force: true });
	await bundle(Object.fromEntries(names.map((name) => [name, join(project, `${name}.ts`)])), dist);
}

module.exports = { bundle, bundlePackage };
