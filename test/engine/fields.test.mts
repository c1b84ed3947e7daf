// Every field of every operation sends accidental values unchanged, or rejects them.

import type { IDataObject, INodeParameters, INodeProperties } from 'n8n-workflow';

import { TransactionLink } from '../../nodes/TransactionLink/TransactionLink.node.ts';
import { openAccount, type Account, type RecordedCall } from './account.mts';
import { type Expected, INPUTS, type Input, KINDS } from './field-kinds.mts';
import { createBinaryItem } from './harness/index.mts';

let account: Account;
beforeAll(async () => {
	account = await openAccount();
});

/** A field of an operation: where it stands, and what has to be chosen for it to be shown. */
interface Target {
	operation: string;
	path: string[];
	shownBy: INodeParameters;
	/** Whether it has to be filled in, and has no default. */
	isRequired: boolean;
}

const EXPRESSION = '={{ $json.isNaN ? NaN : $json.value }}';

/** The other fields that an operation needs. The sandbox knows none of these IDs. */
const OTHERS: INodeParameters = {
	attachmentId: 'attachment-1',
	caseId: 'case-1',
	columnsJson: '{}',
	email: 'nathan@example.com',
	expiresAt: new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString(),
	parametersId: 'parameters-1',
	path: '/organizations/users',
	recordId: 'record-1',
	tableId: 'table-1',
	workflowDefinitionId: 'definition-1',
	workflowId: 'run-1',
};

function targetsIn(
	property: INodeProperties,
	operation: string,
	before: string[],
	shown: INodeParameters,
): Target[] {
	const shownBy = { ...shown };
	for (const [name, values] of Object.entries(property.displayOptions?.show ?? {})) {
		// A slash leads from a collection to the fields around it.
		if (name !== 'resource' && name !== 'operation')
			shownBy[name.replace(/^\//, '')] = values?.[0] as string;
	}
	const path = [...before, property.name];
	if (property.type === 'notice') return [];
	if (property.type === 'collection')
		return (property.options as INodeProperties[]).flatMap((one) =>
			targetsIn(one, operation, path, shownBy),
		);
	if (property.type === 'fixedCollection')
		return (property.options as { name: string; values: INodeProperties[] }[]).flatMap(
			({ name, values }) =>
				values.flatMap((one) => targetsIn(one, operation, [...path, name], shownBy)),
		);
	const isRequired = property.required === true && property.default === '';
	return [{ operation, path, shownBy, isRequired }];
}

function everyTarget(): Target[] {
	const { properties } = new TransactionLink().description;
	return properties
		.filter(({ name }) => name !== 'resource' && name !== 'operation')
		.flatMap((property) => {
			const { resource = ['case'], operation = ['create'] } = property.displayOptions?.show ?? {};
			return targetsIn(property, `${String(resource[0])}.${String(operation[0])}`, [], {});
		});
}

const typeOf = ({ path, shownBy }: Target): string | undefined =>
	path.at(-1) === 'value' && 'type' in shownBy ? String(shownBy['type']) : undefined;

function nameOf(target: Target): string {
	const type = typeOf(target);
	return target.path.join('.') + (type === undefined ? '' : ` (${type})`);
}

/** The kind that the table gives for a field: for this operation, for this resource, or wherever it is. */
function kindOf(target: Target): Readonly<Record<Input, Expected>> | undefined {
	const name = nameOf(target);
	const [resource = ''] = target.operation.split('.');
	return KINDS[`${target.operation} ${name}`] ?? KINDS[`${resource} ${name}`] ?? KINDS[name];
}

/** The parameters of a node in which the field holds the expression, and everything else what it needs. */
function parametersFor({ operation, path, shownBy }: Target): INodeParameters {
	const [resource = '', name = ''] = operation.split('.');
	const { type, ...shown } = shownBy;
	const [top = '', ...inside] = path;
	const parameters: INodeParameters = {
		...OTHERS,
		resource,
		operation: name,
		...shown,
		[top]: EXPRESSION,
	};
	if (inside.length > 0)
		parameters[top] = nested(inside, type === undefined ? {} : { name: 'field', type });
	if (top === 'additionalFields') parameters[top] = { ...besideIn(path), ...nested(inside, {}) };
	return parameters;
}

/** Another field of a case, because one whose every field turned out empty is rejected. */
function besideIn(path: string[]): INodeParameters {
	return { [path.includes('companyAddress') ? 'companyName' : 'companyAddress']: 'Nordlys' };
}

/** A collection, or a collection with one row, around the expression. */
function nested([name = '', ...rest]: string[], row: INodeParameters): INodeParameters {
	if (rest.length === 0)
		return name === 'name'
			? { type: 'string', value: 'x', name: EXPRESSION }
			: { ...row, [name]: EXPRESSION };
	if (name !== 'values') return { [name]: nested(rest, row) };
	const [field = ''] = rest;
	const beside: INodeParameters = field.startsWith('resource')
		? { resourcePath: '/a', resourceId: 'r-1' }
		: { name: 'field', value: 'x' };
	return { values: [{ ...beside, ...row, ...nested(rest, row) }] };
}

/** The same node without the field: n8n then takes the default of the field. */
function withoutField(target: Target): INodeParameters {
	const [top] = target.path;
	const parameters = parametersFor(target);
	if (top === 'additionalFields') return { ...parameters, [top]: besideIn(target.path) };
	return Object.fromEntries(Object.entries(parameters).filter(([name]) => name !== top));
}

/** All requests since the last reset but those for an access token. */
async function requests(): Promise<RecordedCall[]> {
	const { data } = await account.sandbox.control.get<RecordedCall[]>('/calls');
	return data.filter(({ operationId }) => operationId !== 'authorize');
}

/** What was seen: the heading of a rejection, or the text of the requests that went out. */
async function tried(
	target: Target,
	input: Input | 'missing',
): Promise<{ heading: string } | { sent: string }> {
	await account.reset();
	const json: IDataObject = input === 'missing' ? {} : { ...INPUTS[input] };
	const parameters = input === 'missing' ? withoutField(target) : parametersFor(target);
	const file = { content: Buffer.from('x'), fileName: 'x.txt', mimeType: 'text/plain' };
	const { error } = await account.run(parameters, {
		items: [await createBinaryItem('data', file, json)],
	});
	const sent = await requests();
	// What TransactionLink has against the IDs that are made up here is not a rejection of the field.
	if (error !== undefined && !/^TransactionLink |^The run /.test(error.message)) {
		return { heading: sent.length === 0 ? error.message : `${error.message}, after a request` };
	}
	return {
		sent: sent
			.map(
				({ path, body }) =>
					`${decodeURIComponent(path)} ${body === undefined ? '' : JSON.stringify(body)}`,
			)
			.join('\n'),
	};
}

function complaint(
	expected: Expected,
	seen: { heading: string } | { sent: string },
): string | undefined {
	if ('heading' in seen)
		return expected instanceof RegExp && expected.test(seen.heading) ? undefined : seen.heading;
	if (expected instanceof RegExp) return `sent: ${seen.sent}`;
	if (seen.sent === '') return 'nothing was sent';
	if (/undefined|NaN|\[object|\{\{|\p{Default_Ignorable_Code_Point}/u.test(seen.sent))
		return `sent unclean: ${seen.sent}`;
	return expected === 'accepted' || seen.sent.includes(expected)
		? undefined
		: `sent without it: ${seen.sent}`;
}

const entriesOf = (kind: Readonly<Partial<Record<Input, Expected>>> = {}): [Input, Expected][] =>
	Object.entries(kind) as [Input, Expected][];

const targets = everyTarget();

it('every field is in the table, and every row of the table is a field', () => {
	expect(targets.filter((target) => kindOf(target) === undefined).map(nameOf)).toEqual([]);
	const used = new Set(targets.map(kindOf));
	expect(Object.entries(KINDS).filter(([, kind]) => !used.has(kind))).toEqual([]);
	expect(targets.length).toBeGreaterThan(90);
});

it.each([...new Set(targets.map(({ operation }) => operation))])(
	'%s sends each of its fields unchanged, or rejects the value before any request',
	async (operation) => {
		const complaints: string[] = [];
		for (const target of targets.filter((one) => one.operation === operation)) {
			// A field that has to be filled in has no default that could be sent: n8n does not start the node.
			const missing = target.isRequired ? /node has issues|is empty/ : 'accepted';
			for (const [input, expected] of [
				['missing', missing] as const,
				...entriesOf(kindOf(target)),
			]) {
				const found = complaint(expected, await tried(target, input));
				if (found !== undefined)
					complaints.push(`${nameOf(target)} = ${input}: ${found} (expected ${String(expected)})`);
			}
		}
		expect(complaints).toEqual([]);
	},
);
