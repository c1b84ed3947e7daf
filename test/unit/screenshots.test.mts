// The README and the examples show every screenshot, each with a description.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { exampleNames } from '../../scripts/n8n/examples.mts';

const FOLDER = 'docs/pictures';
const LARGEST_PICTURE = 150_000;

const pages = ['README.md', 'workflows/README.md']
	.map((path) => readFileSync(path, 'utf8'))
	.join('\n');
const shown = [...pages.matchAll(/(?:\]\(|src=")(?:\.\.\/)?(docs\/pictures\/[^)"\s]+)/g)].map(
	([, path = '']) => path,
);

describe('the screenshots of the README and the examples', () => {
	it.each(exampleNames())('show the canvas of %s', (name) => {
		expect(shown).toContain(`${FOLDER}/canvas-${name}.png`);
	});

	it('all exist, and all are shown', () => {
		expect(shown.filter((path) => !existsSync(path))).toEqual([]);
		expect(
			readdirSync(FOLDER)
				.map((name) => `${FOLDER}/${name}`)
				.sort(),
		).toEqual([...new Set(shown)].sort());
	});

	it('are small enough to load quickly', () => {
		const large = readdirSync(FOLDER).filter(
			(name) => statSync(join(FOLDER, name)).size >= LARGEST_PICTURE,
		);
		expect(large).toEqual([]);
	});

	it('have a description', () => {
		const pictures = [
			...pages.matchAll(/!\[([^\]]*)\]\((?:\.\.\/)?docs\/pictures|<img alt="([^"]*)"/g),
		];
		expect(pictures).toHaveLength(shown.length);
		for (const [, markdown, html] of pictures) expect(markdown ?? html).toMatch(/\w+ \w+/);
	});
});
