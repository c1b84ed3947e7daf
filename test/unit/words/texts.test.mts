// No label, message or example workflow contains an expression to avoid, or names an operation that does not exist.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { resources } from '../../../nodes/TransactionLink/resources/index.ts';
import { avoidedIn, NOT_IDIOMATIC } from './expressions.mts';
import { textsInSources, textsInWorkflows, type Text } from './texts.mts';

let inSources: Text[];
let texts: Text[];
beforeAll(() => {
	inSources = textsInSources();
	texts = [...inSources, ...textsInWorkflows()];
});

it('the texts are found in strings, templates, texts in pieces, notes, forms and e-mails', () => {
	expect(texts.map(({ text }) => text)).toEqual(
		expect.arrayContaining([
			'No operation is chosen in this node',
			'TransactionLink could not {} (status {})',
			'Wait for completion of run',
			'### 2. Credential',
			'Company Number',
			expect.stringMatching(/^Onboarding completed: \{\}/),
		]),
	);
});

/** README and the like, and what is in docs/ and workflows/. */
function documentsOf(folder: string): string[] {
	const own = readdirSync(folder).map((name) => join(folder, name));
	const inside = ['docs', 'workflows'].flatMap((name) =>
		readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' }).map((file) =>
			join(folder, name, file),
		),
	);
	return [...own, ...inside].filter((file) => file.endsWith('.md'));
}

const unidiomatic = (some: Text[]): string[] =>
	some.flatMap(({ where, text }) =>
		NOT_IDIOMATIC.flatMap(([expression, reason]) => {
			const [found] = expression.exec(text) ?? [];
			return found === undefined ? [] : [`${where}: "${found}" (${reason})`];
		}),
	);

const broken = (some: Text[], more?: typeof NOT_IDIOMATIC): string[] =>
	some.flatMap(({ where, text }) =>
		avoidedIn(text, more).map((found) => `${where}: ${found}: ${text}`),
	);

it('no text contains an expression to avoid', () => {
	expect(broken(texts)).toEqual([]);
});

it('no label, message or example contains an expression that is not idiomatic', () => {
	expect(broken(texts, NOT_IDIOMATIC)).toEqual([]);
});

it('no document contains an expression that is not idiomatic', () => {
	const documents = documentsOf('.');
	expect(documents.length).toBeGreaterThan(15);
	const lines = documents.flatMap((where) =>
		readFileSync(where, 'utf8')
			.split('\n')
			.map((text, index) => ({ where: `${where}:${index + 1}`, text })),
	);
	expect(unidiomatic(lines)).toEqual([]);
	const sample = { where: 'sample', text: 'Nobody sees to it; the dear price stands beside it.' };
	expect(unidiomatic([sample])).toHaveLength(3);
});

it('every operation that a text names exists', () => {
	const operations = resources.flatMap(({ name, operations: some }) =>
		some.map((one) => `${name} → ${one.name}`),
	);
	const named = texts.flatMap(
		({ text }) => text.match(/[A-Z]\w+(?: [A-Z]\w+)? → [A-Z]\w+(?:(?: for)? [A-Z]\w+)*/g) ?? [],
	);
	expect(named.length).toBeGreaterThan(5);
	const isReal = (name: string) =>
		operations.some((one) => name === one || name.endsWith(` ${one}`));
	expect(named.filter((name) => !isReal(name))).toEqual([]);
});

it.each([
	'Please enter an ID',
	'Simply run it',
	'An error came back',
	'Invalid e-mail address',
	'The endpoint of the API',
	'May be null',
	'Sent over HTTP',
	'Run this step again',
	'A workflow execution',
	'What it shall do',
	'To continue, click here',
	'An email address',
	'In Transactionlink',
	'e.g Nordlys',
	'Case Id',
	'The the case',
])('"%s" contains an expression to avoid', (text) => {
	expect(avoidedIn(text)).toHaveLength(1);
});

it.each([
	'The field "error" in the output',
	'Use the HTTP Request node',
	'Choose an Error Workflow',
	'The steps of the end user',
	'Use String for it',
	'Only http://127.0.0.1:4010 is let through',
	'passport.pdf, e.g. Nordlys, Case IDs, an e-mail address',
])('"%s" contains none', (text) => {
	expect(avoidedIn(text)).toEqual([]);
});
