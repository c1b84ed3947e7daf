// Every field of every operation sends unusual values unchanged, or rejects them before any request.

import type { IDataObject, INodeParameters, INodeProperties } from 'n8n-workflow';

import { TransactionLink } from '../../nodes/TransactionLink/TransactionLink.node.ts';
import { openAccount, type Account, type RecordedRequest } from './account.mts';
import { type Expected, INPUTS, type Input, KINDS } from './field-kinds.mts';
import { createBinaryItem } from './harness/index.mts';

let account: Account;
beforeAll(async () => {
	account = await openAccount();
});

/** A field of an operation: its path, and the parameters for which n8n shows it. */
interface Target {
	operation: string;
	path: string[];
	shownBy: INodeParameters;
	/** Whether it is required and has no default. */
	isRequired: boolean;
}

const EXPRESSION = '={{ $json.isNaN ? NaN : $json.value }}';

/** Valid values of the other fields. The sandbox has no objects with these IDs. */
const OTHER_FIELDS: INodeParameters = {
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
		// In a collection, a leading slash refers to the fields outside of it.
		if (name !== 'resource' && name !== 'operation')
			shownBy[name.replace(/^\//, '')] = values?.[0] as string;
	}
	const path = [...before, property.name];
	if (property.type === 'notice') return [];
	if (property.type === 'collection')
		return (property.options as INodeProperties[]).flatMap((option) =>
			targetsIn(option, operation, path, shownBy),
		);
	if (property.type === 'fixedCollection')
		return (property.options as { name: string; values: INodeProperties[] }[]).flatMap(
			({ name, values }) =>
				values.flatMap((value) => targetsIn(value, operation, [...path, name], shownBy)),
		);
	const isRequired = property.required === true && property.default === '';
	return [{ operation, path, shownBy, isRequired }];
}

function allTargets(): Target[] {
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

/** The most specific kind of a field in the table: of its operation, of its resource, or of its name. */
function kindOf(target: Target): Readonly<Record<Input, Expected>> | undefined {
	const name = nameOf(target);
	const [resource = ''] = target.operation.split('.');
	return KINDS[`${target.operation} ${name}`] ?? KINDS[`${resource} ${name}`] ?? KINDS[name];
}

/** The parameters of a node, with the expression in this field and valid values in the others. */
function parametersFor({ operation, path, shownBy }: Target): INodeParameters {
	const [resource = '', name = ''] = operation.split('.');
	const { type, ...shown } = shownBy;
	const [top = '', ...inside] = path;
	const parameters: INodeParameters = {
		...OTHER_FIELDS,
		resource,
		operation: name,
		...shown,
		[top]: EXPRESSION,
	};
	if (inside.length > 0)
		parameters[top] = nested(inside, type === undefined ? {} : { name: 'field', type });
	if (top === 'additionalFields')
		parameters[top] = { ...otherCaseField(path), ...nested(inside, {}) };
	return parameters;
}

/** Another field of the case, because the node rejects a case whose fields are all empty. */
function otherCaseField(path: string[]): INodeParameters {
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
	const otherFields: INodeParameters = field.startsWith('resource')
		? { resourcePath: '/a', resourceId: 'r-1' }
		: { name: 'field', value: 'x' };
	return { values: [{ ...otherFields, ...row, ...nested(rest, row) }] };
}

/** The same parameters without the field, for which n8n then uses the default. */
function withoutField(target: Target): INodeParameters {
	const [top] = target.path;
	const parameters = parametersFor(target);
	if (top === 'additionalFields') return { ...parameters, [top]: otherCaseField(target.path) };
	return Object.fromEntries(Object.entries(parameters).filter(([name]) => name !== top));
}

/** All requests since the last reset, except those for an access token. */
async function requests(): Promise<RecordedRequest[]> {
	const { data } = await account.sandbox.control.get<RecordedRequest[]>('/calls');
	return data.filter(({ operationId }) => operationId !== 'authorize');
}

/** The heading of a rejection, or the text of the sent requests. */
type Observation = { heading: string } | { sent: string };

/** Runs the node with a value in a field. */
async function observe(target: Target, input: Input | 'missing'): Promise<Observation> {
	await account.reset();
	const json: IDataObject = input === 'missing' ? {} : { ...INPUTS[input] };
	const parameters = input === 'missing' ? withoutField(target) : parametersFor(target);
	const file = { content: Buffer.from('x'), fileName: 'x.txt', mimeType: 'text/plain' };
	const { error } = await account.run(parameters, {
		items: [await createBinaryItem('data', file, json)],
	});
	const sent = await requests();
	// An error of TransactionLink about an unknown ID is not a rejection of the field.
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

/** Describes the difference from the expected handling, if there is one. */
function mismatch(expected: Expected, observed: Observation): string | undefined {
	if ('heading' in observed)
		return expected instanceof RegExp && expected.test(observed.heading)
			? undefined
			: observed.heading;
	if (expected instanceof RegExp) return `sent: ${observed.sent}`;
	if (observed.sent === '') return 'nothing was sent';
	if (/undefined|NaN|\[object|\{\{|\p{Default_Ignorable_Code_Point}/u.test(observed.sent))
		return `sent an unclean value: ${observed.sent}`;
	return expected === 'accepted' || observed.sent.includes(expected)
		? undefined
		: `sent without the value: ${observed.sent}`;
}

const entriesOf = (kind: Readonly<Partial<Record<Input, Expected>>> = {}): [Input, Expected][] =>
	Object.entries(kind) as [Input, Expected][];

const targets = allTargets();

it('every field is in the table, and every row of the table is a field', () => {
	expect(targets.filter((target) => kindOf(target) === undefined).map(nameOf)).toEqual([]);
	const used = new Set(targets.map(kindOf));
	expect(Object.entries(KINDS).filter(([, kind]) => !used.has(kind))).toEqual([]);
	expect(targets.length).toBeGreaterThan(90);
});

it.each([...new Set(targets.map(({ operation }) => operation))])(
	'%s sends each of its fields unchanged, or rejects the value before any request',
	async (operation) => {
		const mismatches: string[] = [];
		for (const target of targets.filter((candidate) => candidate.operation === operation)) {
			// n8n does not start a node without the value of a required field that has no default.
			const missing = target.isRequired ? /node has issues|is empty/ : 'accepted';
			for (const [input, expected] of [
				['missing', missing] as const,
				...entriesOf(kindOf(target)),
			]) {
				const found = mismatch(expected, await observe(target, input));
				if (found !== undefined)
					mismatches.push(`${nameOf(target)} = ${input}: ${found} (expected ${String(expected)})`);
			}
		}
		expect(mismatches).toEqual([]);
	},
);
