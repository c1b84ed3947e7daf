import { resources } from '../../../nodes/TransactionLink/resources/index.ts';
import { type Message, messages, type Role } from './messages.mts';
import { namesRealOperations } from './panel-rules.mts';
import { misspelled } from './spelling.mts';
import { capitalFirst, forAll, noStop, type Rule, withStop } from './wording.mts';

const RULES: Record<Role, Record<string, Rule>> = {
	heading: { 'begins with a capital': capitalFirst, 'has no full stop, as a heading': noStop },
	advice: {
		'begins with a capital': capitalFirst,
		'ends with a full stop: what was made before, and the words of TransactionLink, follow':
			withStop,
	},
	finding: {
		'goes on after the name of a field': (text) =>
			/^[a-z]/.test(text) ? undefined : 'a small letter at the beginning',
		'has no full stop': noStop,
	},
	expected: {
		'begins with a capital': capitalFirst,
		'has no full stop: refusal() sets it': noStop,
	},
	// Whoever looks after n8n reads these, and knows what a JWS is.
	log: { 'no word that is kept out': () => undefined },
	words: {},
};

let all: Message[];
beforeAll(() => {
	all = messages();
});

const texts = (role: Role): string[] =>
	all.filter((message) => message.role === role).map(({ text }) => text);

describe('the words of messages', () => {
	it('are all found, whichever way they are made', () => {
		expect(texts('heading')).toEqual(
			expect.arrayContaining([
				'No operation is chosen in this node', // new NodeOperationError(...)
				'TransactionLink could not {} (status {})', // { message, advice }
				'The run has no result yet: its status is {}', // { message, description }
				'TransactionLink did not answer at {}', // new SignInError(...)
				'The host of the download did not send the whole file', // failure(...)
				'TransactionLink has no result for the run', // { resultError }
			]),
		);
		expect(texts('advice')).toEqual(
			expect.arrayContaining([
				'The ID of a table stands in the TransactionLink dashboard.', // a purpose
				'The certificate at the Base URL of the credential is not trusted. Check the address, ' +
					'and whether a proxy answers in its place.', // a constant
				'Nothing listens at the Base URL of the credential. Check the address.', // one of several in a constant
			]),
		);
		expect(texts('finding')).toContain('is not an e-mail address');
		expect(texts('expected')).toContain('Enter an address such as name@email.com');
		expect(texts('log')).toContain('the signature does not fit the body');
		expect(texts('words')).toContain('It can be used as it is.');
	});

	it.each<Role>(['heading', 'advice', 'finding', 'expected', 'log', 'words'])(
		'follow the rules, as %s',
		(role) => {
			const rules = { ...forAll, ...RULES[role] };
			const broken = all
				.filter((message) => message.role === role)
				.flatMap(({ where, text }) =>
					Object.entries(rules).map(([name, rule]) => ({ where, name, finding: rule(text), text })),
				)
				.filter(({ finding }) => finding !== undefined)
				.map(({ where, name, finding, text }) => `${where}: ${name}: ${finding ?? ''}: ${text}`);
			expect(broken).toEqual([]);
		},
	);

	it('name no operation that is not there', () => {
		const operations = resources.flatMap(({ name, operations: some }) =>
			some.map((one) => `${name} → ${one.name}`),
		);
		const isReal = namesRealOperations(operations);
		expect(all.filter(({ text }) => text.includes('→')).length).toBeGreaterThan(5);
		expect(all.map(({ text }) => isReal(text)).filter((finding) => finding !== undefined)).toEqual(
			[],
		);
	});

	it('are spelled right', () => {
		expect(misspelled(all)).toEqual([]);
	});
});
