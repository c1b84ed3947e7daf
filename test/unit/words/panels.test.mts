// The built panels pass n8n's linter, and follow the rules that n8n's reviewers check.

import { inspect } from 'node:util';

import { ESLint } from 'eslint';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { TransactionLinkApi } from '../../../credentials/TransactionLinkApi.credentials.ts';
import { TransactionLink } from '../../../nodes/TransactionLink/TransactionLink.node.ts';
import { TransactionLinkTrigger } from '../../../nodes/TransactionLinkTrigger/TransactionLinkTrigger.node.ts';

const panels: [name: string, properties: INodeProperties[]][] = [
	['the action node', new TransactionLink().description.properties],
	['the trigger', new TransactionLinkTrigger().description.properties],
	['the credential', new TransactionLinkApi().properties],
];

interface Field {
	where: string;
	property: INodeProperties;
}

function fieldsIn(properties: INodeProperties[], before: string[] = []): Field[] {
	return properties.flatMap((property) => {
		const { resource = [], operation = [] } = property.displayOptions?.show ?? {};
		const place = [...before, ...resource.map(String), ...operation.map(String), property.name];
		const inside = (property.options ?? []).flatMap((option) => {
			if ('type' in option) return fieldsIn([option], place);
			return 'values' in option ? fieldsIn(option.values, [...place, option.name]) : [];
		});
		return [{ where: place.join(' > '), property }, ...inside];
	});
}

const fields = panels.flatMap(([, properties]) => fieldsIn(properties));
const places = (found: Field[]) => found.map(({ where }) => where);
const isChoice = (option: object): option is INodePropertyOptions =>
	!('type' in option) && !('values' in option);
const choicesOf = ({ property }: Field) => (property.options ?? []).filter(isChoice);

const linter = new ESLint({ overrideConfigFile: 'eslint.config.mjs' });

/** n8n's linter reads only literals, and functions build most of our panels, so this writes them as literals. */
async function lint(properties: INodeProperties[]): Promise<string[]> {
	const everything = { depth: Infinity, maxArrayLength: null, maxStringLength: null };
	const description = `{ properties: ${inspect(properties, everything)} }`;
	const source = `export class A implements INodeType { description: INodeTypeDescription = ${description}; }`;
	const lines = source.split('\n');
	const results = await linter.lintText(source, { filePath: 'nodes/A.node.ts' });
	return results
		.flatMap(({ messages }) => messages)
		.filter(({ ruleId }) => ruleId === null || ruleId.startsWith('n8n-nodes-base/node-param-'))
		.map(({ message, line }) => `${message}: ${lines[line - 1]?.trim()}`);
}

it.each(panels)("the built panel of %s passes n8n's linter", async (_, properties) => {
	expect(await lint(properties)).toEqual([]);
});

it("n8n's linter reports a wrong label", async () => {
	const wrong: INodeProperties = {
		displayName: 'Return all',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Return everything.',
	};
	expect((await lint([wrong])).join()).toContain('Change to title case');
});

it('a field for free text has a description, a hint or an example', () => {
	const unexplained = fields
		.filter(({ property }) => ['string', 'json', 'dateTime', 'number'].includes(property.type))
		// The value of a row explains itself once its type is chosen.
		.filter(({ property }) => !(property.name === 'value' && property.type === 'number'))
		.filter(
			({ property: { description, hint, placeholder } }) =>
				description === undefined && hint === undefined && placeholder === undefined,
		);
	expect(places(unexplained)).toEqual([]);
});

it('the trigger advises to test the credential, before it listens and while it does', () => {
	const { triggerPanel, eventTriggerDescription } = new TransactionLinkTrigger().description;
	expect(inspect(triggerPanel)).toContain('first test the credential');
	expect(eventTriggerDescription).toContain('test the credential');
});

it('a required field has a description', () => {
	const required = fields.filter(({ property }) => property.required === true);
	expect(required.length).toBeGreaterThan(5);
	expect(places(required.filter(({ property }) => property.description === undefined))).toEqual([]);
});

it('an example begins with "e.g."', () => {
	const others = fields.filter(({ property: { placeholder, type } }) => {
		if (placeholder === undefined) return false;
		if (type === 'collection' || type === 'fixedCollection') return !/^Add /.test(placeholder);
		return !/^e\.g\. \S/.test(placeholder) && placeholder !== 'name@email.com';
	});
	expect(places(others)).toEqual([]);
});

it('labels and choices are short enough to be shown', () => {
	const long = fields.filter(
		(field) =>
			(field.property.type !== 'notice' && field.property.displayName.length > 35) ||
			choicesOf(field).some(({ description = '' }) => description.length > 110),
	);
	expect(places(long)).toEqual([]);
});

it('each operation has a description, and a unique action without articles', () => {
	const operations = fields
		.filter(({ property }) => property.name === 'operation')
		.flatMap(choicesOf);
	expect(operations.length).toBeGreaterThan(15);
	expect(operations.filter(({ description = '' }) => description === '')).toEqual([]);
	const actions = operations.map(({ action = '' }) => action);
	expect(actions.filter((action) => /^$|\b(a|an|the)\b|.{41}/i.test(action))).toEqual([]);
	expect(new Set(actions).size).toBe(actions.length);
});
