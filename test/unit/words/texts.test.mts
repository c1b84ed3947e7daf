// Labels, messages, examples and documents contain no expression to avoid, and name only existing operations.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { resources } from '../../../nodes/TransactionLink/resources/index.ts';
import { avoidedIn, unidiomaticIn } from './expressions.mts';
import { textsInSources, textsInWorkflows, type Text } from './texts.mts';

let inSources: Text[];
let texts: Text[];
beforeAll(() => {
	inSources = textsInSources();
	texts = [...inSources, ...textsInWorkflows()];
});

it('finds texts in strings, templates, concatenations, notes, forms and e-mails', () => {
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

const FOLDERS_WITH_DOCUMENTS = ['.github', 'docs', 'test', 'workflows'];

/** The documents in the project's folder and in those folders. */
function documents(): string[] {
	const inside = FOLDERS_WITH_DOCUMENTS.flatMap((folder) =>
		readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
	);
	return [...readdirSync('.'), ...inside].filter((file) => file.endsWith('.md'));
}

it('labels, messages and examples contain no expression to avoid', () => {
	const broken = texts.flatMap(({ where, text }) =>
		avoidedIn(text).map((found) => `${where}: ${found}: ${text}`),
	);
	expect(broken).toEqual([]);
});

it.each(documents())('%s contains no expression that is not idiomatic', (document) => {
	const lines = readFileSync(document, 'utf8').split('\n');
	const broken = lines.flatMap((line, index) =>
		unidiomaticIn(line).map((found) => `${document}:${index + 1}: ${found}`),
	);
	expect(broken).toEqual([]);
});

it('reads the documents in every folder', () => {
	expect(documents()).toEqual(
		expect.arrayContaining([
			'README.md',
			'docs/design/polling.md',
			'workflows/README.md',
			'.github/pull_request_template.md',
		]),
	);
});

it('texts name only existing operations', () => {
	const operations = resources.flatMap(({ name, operations: ofResource }) =>
		ofResource.map((operation) => `${name} → ${operation.name}`),
	);
	const named = texts.flatMap(
		({ text }) => text.match(/[A-Z]\w+(?: [A-Z]\w+)? → [A-Z]\w+(?:(?: for)? [A-Z]\w+)*/g) ?? [],
	);
	expect(named.length).toBeGreaterThan(5);
	const isReal = (name: string) =>
		operations.some((operation) => name === operation || name.endsWith(` ${operation}`));
	expect(named.filter((name) => !isReal(name))).toEqual([]);
});

it.each([
	'Nobody waits',
	'Read anew',
	'A dear request',
	'It may have happened all the same',
	'The body as it came',
	'A run that does not wait any more',
	'A moment that goes by',
	'Older versions are mended',
	'A number that may be reckoned with',
	'The node sees to it that it ends',
	'The trigger hears of it',
	'The key beside it',
	'Look at it',
])('"%s" is not idiomatic', (text) => {
	expect(unidiomaticIn(text)).toHaveLength(1);
});

it.each(['Look at its address', 'Besides, it ends', 'Anyone with the link', 'Told by e-mail'])(
	'"%s" is idiomatic',
	(text) => {
		expect(unidiomaticIn(text)).toEqual([]);
	},
);

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
])('"%s" contains no expression to avoid', (text) => {
	expect(avoidedIn(text)).toEqual([]);
});
