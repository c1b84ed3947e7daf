// The tarball to publish is complete and small, and follows n8n's rules.

import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

import type { Icon, IconRef } from 'n8n-workflow';

import { findForbiddenImports, findManifestProblems } from '../../gulp/published.js';
import { at } from '../../scripts/json.mts';
import { sourcePaths } from '../../scripts/n8n/package.mts';
import { projectFolder } from '../../scripts/project.mts';
import { findIconProblems, unneeded } from './contents.mts';
import { anchorsOf } from './markdown.mts';
import { unpackBuilt, type UnpackedPackage } from './unpacked.mts';

/** In bytes. Comparable packages have 71 to 87 kB. */
const LARGEST_TARBALL = 60_000;

/** https://docs.n8n.io/connect/create-nodes/build-your-node/reference/codex-files/ */
const CATEGORIES = [
	'Analytics',
	'Communication',
	'Data & Storage',
	'Development',
	'Finance & Accounting',
	'Marketing & Content',
	'Miscellaneous',
	'Productivity',
	'Sales',
	'Utility',
];

let unpacked: UnpackedPackage;
beforeAll(async () => {
	unpacked = await unpackBuilt();
});
afterAll(() => unpacked.remove());

describe('the tarball', () => {
	it('contains the required files and no others', () => {
		expect(unneeded(unpacked.files)).toEqual([]);
		expect(unpacked.files).toEqual(
			expect.arrayContaining(['LICENSE.md', 'README.md', 'index.js', 'package.json']),
		);
	});

	it('depends on every file that it contains outside dist, so that none is cached after a change', () => {
		const packed = unpacked.files.filter((file) => !file.startsWith('dist/'));
		expect(sourcePaths()).toEqual(
			expect.arrayContaining(packed.map((file) => join(projectFolder, file))),
		);
	});

	it.each([
		'dist/nodes/shared/contract/runStatus.d.ts',
		'dist/nodes/shared/contract/runStatus.js.map',
		'dist/tsconfig.tsbuildinfo',
		'dist/package.json',
		'dist/docs/editor.png',
		'dist/icons/editor.png',
		'dist/nodes/TransactionLink/items/runItems.test.js',
		'dist/sandbox/main.js',
		'dist/test/unit/status.js',
		'sandbox/main.mts',
		'workflows/basic/onboarding.json',
		'.npmrc',
	])('must not contain %s', (file) => expect(unneeded([file])).toEqual([file]));

	it(`has at most ${LARGEST_TARBALL / 1000} kB`, () =>
		expect(unpacked.packedSize).toBeLessThanOrEqual(LARGEST_TARBALL));

	it('contains a valid package.json, and every file that it names', () => {
		expect(findManifestProblems(unpacked.manifest, unpacked.folder)).toEqual([]);
	});

	it('imports only its own files, n8n-workflow and node:crypto', async () => {
		expect(await findForbiddenImports(unpacked.folder)).toEqual([]);
	});

	it('exports each node and credential to a program that requires it', () => {
		const entry: unknown = jest.requireActual(
			posix.join(unpacked.folder, String(unpacked.manifest['main'])),
		);
		expect(Object.keys(Object(entry)).sort()).toEqual([
			'TransactionLink',
			'TransactionLinkApi',
			'TransactionLinkTrigger',
		]);
	});
});

describe('the codex file of each node', () => {
	const codexOf = (file: string): unknown =>
		JSON.parse(unpacked.read(file.replace(/\.js$/, '.json')));

	it("contains n8n's name of the node, and its version", () => {
		for (const { file, node } of unpacked.nodes()) {
			expect(codexOf(file)).toMatchObject({
				node: `${String(unpacked.manifest['name'])}.${node.description.name}`,
				nodeVersion: Number(node.description.defaultVersion ?? node.description.version).toFixed(1),
				codexVersion: '1.0',
			});
		}
	});

	it("assigns the node to n8n's categories", () => {
		for (const { file } of unpacked.nodes()) {
			const categories = at(codexOf(file), 'categories');
			expect(categories).not.toEqual([]);
			expect(CATEGORIES).toEqual(
				expect.arrayContaining(Array.isArray(categories) ? categories : [categories]),
			);
		}
	});

	it('links to existing chapters of the README, as does each credential', () => {
		const anchors = anchorsOf(readFileSync('README.md', 'utf8'));
		const kinds = ['credentialDocumentation', 'primaryDocumentation'];
		const links = unpacked
			.nodes()
			.flatMap(({ file }) => kinds.map((kind) => at(codexOf(file), 'resources', kind, 0, 'url')))
			.concat(unpacked.credentials().map(({ credential }) => credential.documentationUrl));
		for (const link of links) {
			const [page, anchor] = String(link).split('#');
			expect(page).toBe(unpacked.manifest['homepage']);
			expect([...anchors]).toContain(anchor);
		}
	});
});

describe('the icon', () => {
	/** The two files of an icon, as paths in the package. */
	const filesOf = (file: string, icon: Icon | IconRef | undefined): string[] => {
		if (typeof icon !== 'object' || !('light' in icon)) return [];
		return [icon.light, icon.dark].map((path) =>
			posix.join(posix.dirname(file), path.replace(/^file:/, '')),
		);
	};
	const icons = (): string[][] => [
		...unpacked.nodes().map(({ file, node }) => filesOf(file, node.description.icon)),
		...unpacked.credentials().map(({ file, credential }) => filesOf(file, credential.icon)),
	];

	it('of each node and credential exists for light and dark', () => {
		for (const files of icons()) {
			expect(new Set(files).size).toBe(2);
			expect(unpacked.files).toEqual(expect.arrayContaining(files));
			const [light = '', dark = ''] = files;
			expect(unpacked.read(light)).not.toBe(unpacked.read(dark));
		}
	});

	it('is a small square drawing without external content, and each file is used', () => {
		const shipped = unpacked.files.filter((file) => file.endsWith('.svg')).sort();
		expect([...new Set(icons().flat())].sort()).toEqual(shipped);
		for (const file of shipped)
			expect([file, findIconProblems(unpacked.read(file))]).toEqual([file, []]);
	});

	const square = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">';
	it.each([
		['nothing else', '</svg>'],
		['a reference to its own parts', '<path fill="url(#a)"/></svg>'],
	])('with %s is accepted', (_, content) => expect(findIconProblems(square + content)).toEqual([]));

	it.each<[string, string, string[]]>([
		['a script', '<script>1</script></svg>', ['it contains a script']],
		['an event handler', '<path onload="1"/></svg>', ['it contains an event handler']],
		['a picture', '<image x="1"/></svg>', ['it contains an element that can embed other content']],
		[
			'a link',
			'<a href="https://example.com"/></svg>',
			['it contains a reference to something outside'],
		],
		[
			'an external paint',
			'<path fill="url(https://example.com)"/></svg>',
			['it contains a reference to something outside'],
		],
		['more than 4096 bytes', `${' '.repeat(5000)}</svg>`, ['it is larger than 4096 bytes']],
	])('with %s is rejected', (_, content, complaints) =>
		expect(findIconProblems(square + content)).toEqual(complaints),
	);

	it('is rejected if it is not a square SVG', () => {
		expect(findIconProblems(square.replace('0 0 9 9', '0 0 9 8'))).toEqual([
			'its viewBox is not a square',
		]);
		expect(findIconProblems('<html viewBox="0 0 9 9">')).toEqual(['it is not an SVG']);
	});
});
