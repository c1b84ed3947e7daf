// Links in the documents lead to existing files and headings, and the generated table is current.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { pageWithOutputs } from '../../gulp/outputTable.js';
import { anchorsOf, linksIn } from '../package/markdown.mts';

const GITHUB = '.github';
const documents = [
	...readdirSync('.'),
	...['docs', 'workflows', GITHUB].flatMap((folder) =>
		readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
	),
].filter((name) => name.endsWith('.md'));

const textOf = (path: string): string => readFileSync(path, 'utf8');

describe.each(documents)('%s', (document) => {
	it('links only to existing files and headings of this project', () => {
		const broken = linksIn(textOf(document)).filter((link) => {
			if (/^[a-z]+:/.test(link)) return false;
			const [path = '', anchor] = link.split('#');
			const file = path === '' ? document : join(dirname(document), path);
			if (!existsSync(file)) return true;
			return anchor !== undefined && !anchorsOf(textOf(file)).has(anchor);
		});
		expect(broken).toEqual([]);
	});
});

it('docs/operations.md lists the fields of each output as npm run contract generates them', async () => {
	const page = join('docs', 'operations.md');
	expect(textOf(page)).toBe(await pageWithOutputs(join('contract', 'openapi.yaml'), page));
});

it('builds anchors like GitHub', () => {
	const text =
		'# Try it, *without* an account\n## What is `x`?\n## What is `x`?\n```bash\n# no heading\n```\n### A – B\n';
	expect([...anchorsOf(text)]).toEqual([
		'try-it-without-an-account',
		'what-is-x',
		'what-is-x-1',
		'a--b',
	]);
});

it('finds links, but not those in code', () => {
	expect(linksIn('[a](b.md#c) ![d](e.png)\n`[f](g)`\n```\n[h](i)\n```\n')).toEqual([
		'b.md#c',
		'e.png',
	]);
});
