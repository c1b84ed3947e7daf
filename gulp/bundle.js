'use strict';

// n8n reads every node and credential at its start, and each file of a package costs it a fifth of a millisecond. So
// one file holds the code of all of them, instead of one for each source; the files that n8n asks for by name lead to it.
// Split into one for each and one for what they share, each name that they share is written twice more, as an export
// of one or two letters, and the package is 1.5 kB larger.

const { readFile, rm } = require('node:fs/promises');
const { dirname, isAbsolute, join } = require('node:path');

const project = dirname(__dirname);
const dist = join(project, 'dist');

/**
 * Puts sources of the package and what they import into one file, and a file for each source that leads to it. It is
 * not minified: a reviewer reads it, each part under the name of its source. Nothing from outside the package comes in.
 *
 * @param {Record<string, string>} sources by the names of their files, without the ending
 * @param {string} folder where the files go
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
	await bundled.write({
		dir: folder,
		format: 'cjs',
		exports: 'named',
		comments: false,
		// Shorter expressions; a reviewer still finds one statement a line, with its names.
		minify: {
			compress: { joinVars: false, sequences: false },
			mangle: false,
			codegen: { removeWhitespace: false },
		},
		entryFileNames: '[name].js',
		chunkFileNames: 'nodes/[name].js',
		// Once for all of them: errors are told apart by their class.
		codeSplitting: { groups: [{ name: 'package' }] },
	});
	await bundled.close();
}

/** Puts bundles of what n8n asks for by name in the place of what the compiler wrote. */
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
