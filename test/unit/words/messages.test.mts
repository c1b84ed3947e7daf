// The words of every message in the sources: spelling, expressions to avoid, operations that exist.

import { resources } from '../../../nodes/TransactionLink/resources/index.ts';
import { type Message, messages } from './messages.mts';
import { namesRealOperations } from './panel-rules.mts';
import { misspelled } from './spelling.mts';
import { forAll } from './wording.mts';

let all: Message[];
beforeAll(() => {
	all = messages();
});

describe('the words of messages', () => {
	it('are found in strings, templates and texts that are written in pieces', () => {
		const texts = all.map(({ text }) => text);
		expect(texts).toContain('No operation is chosen in this node');
		expect(texts).toContain('TransactionLink could not {} (status {})');
		expect(texts.length).toBeGreaterThan(100);
	});

	it('contain no expression to avoid', () => {
		// The reasons why a signature is rejected stand in n8n's log, in the words of RFC 7515.
		const forUsers = all.filter(({ where }) => !where.includes('/signature.ts'));
		const broken = forUsers.flatMap(({ where, text }) =>
			Object.entries(forAll).flatMap(([name, rule]) => {
				const finding = rule(text);
				return finding === undefined ? [] : [`${where}: ${name}: ${finding}: ${text}`];
			}),
		);
		expect(broken).toEqual([]);
	});

	it('name only operations that exist', () => {
		const operations = resources.flatMap(({ name, operations: some }) =>
			some.map((one) => `${name} → ${one.name}`),
		);
		const isReal = namesRealOperations(operations);
		expect(all.filter(({ text }) => text.includes('→')).length).toBeGreaterThan(5);
		expect(all.map(({ text }) => isReal(text)).filter((finding) => finding !== undefined)).toEqual(
			[],
		);
	});

	it('are spelled correctly', () => {
		expect(misspelled(all)).toEqual([]);
	});
});
