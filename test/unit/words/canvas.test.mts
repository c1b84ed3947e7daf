import { type CanvasText, canvasTexts, examples } from './canvas-texts.mts';
import { titleCase } from './panel-rules.mts';
import { misspelled, misspelledInFiles } from './spelling.mts';
import { forAll } from './wording.mts';

const all: CanvasText[] = examples().flatMap(canvasTexts);

describe('the words of an example workflow', () => {
	it.each(examples())('$file has notes that say what to fill in', (example) => {
		expect(canvasTexts(example).filter(({ kind }) => kind === 'note').length).toBeGreaterThan(0);
	});

	it('are all found: names, notes, forms, e-mails, and what a model is told', () => {
		const texts = all.map(({ text }) => text);
		expect(texts).toEqual(
			expect.arrayContaining([
				'Has It Ended?',
				'### 2. The credential',
				'Company Number',
				expect.stringMatching(/^Onboarding completed: \{\}/),
				'The registered name of the company',
			]),
		);
	});

	it('follow the rules for all texts', () => {
		const broken = all.flatMap(({ where, text }) =>
			Object.entries(forAll).flatMap(([name, rule]) => {
				const finding = rule(text);
				return finding === undefined ? [] : [`${where}: ${name}: ${finding}: ${text}`];
			}),
		);
		expect(broken).toEqual([]);
	});

	it('have names in Title Case', () => {
		expect(
			all
				.filter(({ kind, text }) => kind === 'name' && titleCase(text) !== undefined)
				.map(({ where }) => where),
		).toEqual([]);
	});

	it('are spelled right', () => {
		expect(misspelled(all)).toEqual([]);
	});
});

describe('a document', () => {
	it('is spelled right', () => {
		expect(misspelledInFiles(['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'])).toEqual([]);
	});
});
