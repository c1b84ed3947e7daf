import { readFile } from 'node:fs/promises';
import { at } from '../../../scripts/json.mts';
import { type Built, build } from './built.mts';
import { namesRealOperations, rulesFor } from './panel-rules.mts';
import { allFields, allTexts, type Field, isChoice, type Text } from './panel-texts.mts';
import { misspelled } from './spelling.mts';
import { forAll, type Rule } from './wording.mts';

let built: Built;
let texts: Text[];
let fields: Field[];
beforeAll(async () => {
	built = await build();
	texts = allTexts(built);
	fields = allFields(built);
});
afterAll(() => {
	built.remove();
});

/** All texts that break a rule, each with what is wrong. */
function broken(some: Text[], rules: Record<string, Rule>): string[] {
	return some.flatMap(({ where, text }) =>
		Object.entries(rules).flatMap(([name, rule]) => {
			const finding = rule(text);
			return finding === undefined ? [] : [`${where}: ${name}: ${finding}: ${text}`];
		}),
	);
}

const operationFields = (): Field[] =>
	fields.filter(({ property }) => property.name === 'operation');

/** As texts name them: "Workflow → Run". */
function operations(): string[] {
	const resources =
		fields
			.find(({ property }) => property.name === 'resource')
			?.property.options?.filter(isChoice) ?? [];
	return operationFields().flatMap(({ property }) => {
		const resource = resources.find(({ value }) =>
			property.displayOptions?.show?.resource?.includes(value),
		);
		return (property.options ?? [])
			.filter(isChoice)
			.map(({ name }) => `${resource?.name ?? ''} → ${name}`);
	});
}

describe('the words of the panels', () => {
	it('are all found: fields inside fields, options, examples and messages', () => {
		const found = texts.map(({ text }) => text);
		expect(found).toEqual(
			expect.arrayContaining([
				'TransactionLink Trigger', // a node
				'Resource Path', // a field in a group in a collection
				'Add Document', // a button
				'e.g. Nordlys AB', // an example
				'Wait for completion of run', // an action
				expect.stringContaining('may not view workspaces'), // what a credential's test says
				expect.stringContaining('The dashboard holds a single address'), // a notice
			]),
		);
		expect(new Set(texts.map(({ kind }) => kind)).size).toBe(7);
	});

	it("pass n8n's own linter as they come out, not only as they are written", () => {
		expect(built.lint()).toEqual([]);
	});

	it('follow the rules for all texts', () => {
		expect(broken(texts, forAll)).toEqual([]);
	});

	it('follow the rules for what they are', () => {
		const labels = texts.filter(({ kind }) => kind === 'label').map(({ text }) => text);
		const rules = rulesFor(labels);
		expect(texts.flatMap((text) => broken([text], rules[text.kind]))).toEqual([]);
	});

	it('name no operation that is not there', () => {
		expect(operations()).toContain('Workflow → Wait for Completion');
		expect(broken(texts, { 'real operations': namesRealOperations(operations()) })).toEqual([]);
	});

	it('are spelled right', () => {
		expect(misspelled(texts)).toEqual([]);
	});
});

describe('a field', () => {
	it('that takes free text says what goes in, by a description, a hint or an example', () => {
		const silent = fields
			.filter(({ property }) => ['string', 'json', 'dateTime', 'number'].includes(property.type))
			// Its editor is all there is to a value, once its type is chosen; the group around it says the rest.
			.filter(({ property }) => !(property.name === 'value' && property.type === 'number'))
			.filter(({ property: { description, hint, placeholder } }) =>
				[description, hint, placeholder].every((text) => text === undefined),
			);
		expect(silent.map(({ where }) => where)).toEqual([]);
	});

	it('that must be filled in has a description', () => {
		const silent = fields.filter(
			({ property }) => property.required === true && property.description === undefined,
		);
		expect(silent.map(({ where }) => where)).toEqual([]);
	});

	it('that is a switch is described from "Whether" on', () => {
		const others = fields.filter(
			({ property }) =>
				property.type === 'boolean' && property.description?.startsWith('Whether ') !== true,
		);
		expect(others.map(({ where }) => where)).toEqual([]);
	});

	it('does not say in its description or for an option what its name says already', () => {
		const options = fields.flatMap(({ where, property }) =>
			(property.options ?? []).filter(isChoice).map((one) => ({
				where: `${where} > ${one.name}`,
				name: one.name,
				description: one.description,
			})),
		);
		const all = [
			...options,
			...fields.map(({ where, property }) => ({
				where,
				name: property.displayName,
				description: property.description,
			})),
		];
		expect(
			all
				.filter(({ name, description }) => description?.toLowerCase() === name.toLowerCase())
				.map(({ where }) => where),
		).toEqual([]);
	});

	it('with five choices or more has them in the order of the alphabet', () => {
		const names = ({ property }: Field): string[] =>
			(property.options ?? []).map((one) => ('displayName' in one ? one.displayName : one.name));
		const unsorted = fields.filter(
			(field) =>
				names(field).length >= 5 &&
				names(field).join() !==
					names(field)
						.sort((one, other) => one.localeCompare(other))
						.join(),
		);
		expect(unsorted.map(({ where }) => where)).toEqual([]);
	});
});

describe('an operation', () => {
	it('has a description, and an action to be found by in the list of nodes', () => {
		const choices = operationFields().flatMap(({ property }) =>
			(property.options ?? []).filter(isChoice),
		);
		expect(choices.length).toBeGreaterThan(15);
		expect(
			choices.filter(({ description = '', action = '' }) => description === '' || action === ''),
		).toEqual([]);
		expect(new Set(choices.map(({ action }) => action)).size).toBe(choices.length);
	});
});

describe("what n8n's AI and its search read", () => {
	/** Every text under `builderHint`, wherever it is in a node. */
	function hintsIn(value: unknown, isHint = false): string[] {
		if (typeof value === 'string') return isHint ? [value] : [];
		if (typeof value !== 'object' || value === null) return [];
		return Object.entries(value).flatMap(([name, one]) =>
			hintsIn(one, isHint || name === 'builderHint'),
		);
	}

	it.each(['action', 'trigger'] as const)('has hints without expressions (%s)', (node) => {
		const hints = hintsIn(built[node]);
		expect(hints.length).toBeGreaterThan(0);
		for (const hint of hints) {
			expect(hint).not.toMatch(/\{\{|\}\}|^=/);
			expect(hint.length).toBeLessThanOrEqual(240);
		}
	});

	it('hints at the operations that people ask for', () => {
		const hinted = built.action.properties
			.flatMap(({ name, options = [] }) => (name === 'operation' ? options : []))
			.filter(isChoice)
			.flatMap(({ value, builderHint }) => (builderHint === undefined ? [] : [value]));
		expect(hinted).toEqual(expect.arrayContaining(['run', 'start', 'wait', 'create', 'send']));
	});

	it('is found by the words that people search by', async () => {
		const file = await readFile('nodes/TransactionLink/TransactionLink.node.json', 'utf8');
		const words =
			'KYC,KYB,AML,identity,compliance,verification,due diligence,onboarding,BankID,PEP,sanctions';
		expect(at(JSON.parse(file), 'alias')).toEqual(
			expect.arrayContaining([...words.split(','), 'transaction link', 'company check']),
		);
	});
});
