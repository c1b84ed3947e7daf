// The check of package.json finds each violation of n8n's rules.

import { readFileSync } from 'node:fs';

import { findManifestProblems } from '../../gulp/published.js';
import { isJsonObject } from '../../scripts/json.mts';

const manifest: unknown = JSON.parse(readFileSync('package.json', 'utf8'));
if (!isJsonObject(manifest)) throw new Error('package.json contains no object.');

/** Complaints about package.json with some changed fields, without files in dist/, which may not be built. */
const complaints = (changes: Record<string, unknown>): string[] =>
	findManifestProblems({ ...manifest, ...changes }, process.cwd()).filter(
		(text) => !text.startsWith('dist/'),
	);

it('accepts the current package.json', () => expect(complaints({})).toEqual([]));

it.each<[Record<string, unknown>, RegExp]>([
	[{ name: 'transactionlink' }, /name/],
	[{ version: 'next' }, /version/],
	[{ keywords: ['n8n'] }, /keyword/],
	[{ license: 'ISC' }, /license/],
	[{ description: '' }, /description/],
	[{ author: 'Ada Lind' }, /author/],
	[{ author: { name: 'Ada Lind' } }, /author/],
	[{ repository: undefined }, /repository/],
	[{ homepage: 'https://example.com' }, /homepage/],
	[{ dependencies: { axios: '1.0.0' } }, /runtime dependencies/],
	[{ optionalDependencies: { axios: '1.0.0' } }, /optional dependencies/],
	[{ bundledDependencies: ['axios'] }, /bundles/],
	[{ bundleDependencies: ['axios'] }, /bundles/],
	[{ peerDependencies: { 'n8n-workflow': '>=2' } }, /peerDependencies/],
	[{ peerDependencies: { 'n8n-workflow': '*', 'n8n-core': '*' } }, /peerDependencies/],
	[{ files: ['dist', 'workflows'] }, /more than dist/],
	[{ overrides: {} }, /overrides/],
	[{ private: true }, /private/],
	[{ n8n: { ...Object(manifest['n8n']), strict: false } }, /strict/],
	[{ n8n: { ...Object(manifest['n8n']), n8nNodesApiVersion: 2 } }, /n8nNodesApiVersion/],
	[{ n8n: { ...Object(manifest['n8n']), nodes: ['missing.js'] } }, /missing\.js is missing/],
	[{ main: 'missing.js' }, /missing\.js is missing/],
	...['prepare', 'preinstall', 'install', 'postinstall'].map(
		(name): [Record<string, unknown>, RegExp] => [
			{ scripts: { [name]: 'true' } },
			new RegExp(`a ${name} script`),
		],
	),
])('complains about %j', (changes, pattern) => {
	expect(complaints(changes)).toEqual(expect.arrayContaining([expect.stringMatching(pattern)]));
});
