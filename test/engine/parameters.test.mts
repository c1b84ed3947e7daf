// Parameter sets keep the type of each value, and invalid values are rejected before any request.

import type { INodeParameters } from 'n8n-workflow';
import { definitions, openAccount, type Account } from './account.mts';
import { errorOf } from './harness/index.mts';

let account: Account;
beforeAll(async () => {
	account = await openAccount();
});
beforeEach(async () => await account.reset());

const create = (parameters: INodeParameters) => ({
	resource: 'parameters',
	operation: 'create',
	workflowDefinitionId: definitions.needsAmount,
	...parameters,
});
const fields = (...values: INodeParameters[]) =>
	create({ specifyParameters: 'fields', parametersUi: { values } });
const json = (parametersJson: string | INodeParameters) =>
	create({ specifyParameters: 'json', parametersJson });

describe('Parameter Set → Create', () => {
	it('saves fields with their types, numbers as numbers and texts as texts', async () => {
		const { output } = await account.run(
			fields(
				{ name: 'amount', type: 'number', value: 1000.5 },
				{ name: 'term', type: 'number', value: '-12e1' },
				{ name: 'personalNumber', type: 'string', value: '0012' },
				{ name: 'isNew', type: 'boolean', value: 'true' },
				{ name: 'owners', type: 'json', value: '[{"share":0.5}]' },
				{ name: '__proto__', type: 'string', value: 'a name like any other' },
			),
		);
		const [request] = await account.requests('createParameterSet');
		expect(JSON.stringify(request?.body)).toContain(
			'{"amount":1000.5,"term":-120,"personalNumber":"0012","isNew":true,"owners":[{"share":0.5}],"__proto__":"a ' +
				'name like any other"}',
		);
		expect(output[0]?.[0]?.json['parametersId']).toBe(output[0]?.[0]?.json['id']);
	});

	it('reads an unchanged switch as off, as it is shown', async () => {
		await account.run(fields({ name: 'isNew', type: 'boolean', value: '' }));
		const [request] = await account.requests('createParameterSet');
		expect(request?.body).toMatchObject({ parameters: { isNew: false } });
	});

	it.each([
		['a text', '{"amount": 1000}'],
		['an object from an expression', { amount: 1000 }],
	])('saves JSON from %s', async (_, value) => {
		expect((await account.run(json(value))).status).toBe('success');
		const [request] = await account.requests('createParameterSet');
		expect(request?.body).toMatchObject({ parameters: { amount: 1000 } });
	});

	it.each(['id', 'parametersId'])(
		'returns the ID as parametersId, whether the API names it %s or not',
		async (parametersIdField) => {
			await account.set({ parametersIdField });
			const { output } = await account.run(json('{"amount": 1}'));
			expect(output[0]?.[0]?.json['parametersId']).toEqual(expect.any(String));
		},
	);

	it.each([
		[
			'an invalid number',
			fields({ name: 'amount', type: 'number', value: 'a lot' }),
			'Parameter 1: Value must be a number',
		],
		[
			'a number with blanks in it',
			fields({ name: 'amount', type: 'number', value: '1 000' }),
			'Parameter 1: Value must be a number',
		],
		[
			'a number with too many digits',
			fields({ name: 'amount', type: 'number', value: '12345678901234567890' }),
			'Parameter 1: Value has more digits than a number can hold',
		],
		[
			'an invalid boolean',
			fields({ name: 'isNew', type: 'boolean', value: 'maybe' }),
			'Parameter 1: Value must be true or false',
		],
		[
			'invalid JSON',
			fields({ name: 'owners', type: 'json', value: '[1,' }),
			'Parameter 1: Value is not JSON',
		],
		[
			'an object as text',
			fields({ name: 'note', type: 'string', value: { a: 1 } }),
			'Parameter 1: Value must be text, not an object',
		],
		[
			'a text whose expression returns nothing',
			fields({ name: 'note', type: 'string', value: '={{ $json.nope }}' }),
			'Parameter 1: Value is empty: the expression returned no value',
		],
		[
			'a number whose expression returns nothing',
			fields({ name: 'amount', type: 'number', value: '={{ $json.nope }}' }),
			'Parameter 1: Value is empty: the expression returned no value',
		],
		[
			'JSON with a duplicate name',
			json('{"amount": 1, "a\\"b": {"x": ": "}, "amount": 2}'),
			'Parameters (JSON) contains a name twice',
		],
		[
			'JSON with a number that has too many digits',
			json('{"pn": [12345678901234567890]}'),
			'Parameters (JSON) contains a number with more digits than a number can hold',
		],
		[
			'an object with an undefined value',
			json('={{ { amount: $json.nope } }}'),
			'Parameters (JSON) contains an empty value',
		],
		[
			'a parameter without a name',
			fields({ name: ' ', type: 'string', value: 'x' }),
			'Parameter 1: Name is empty',
		],
		[
			'a duplicate name',
			fields({ name: 'a', type: 'string', value: '1' }, { name: 'a ', type: 'string', value: '2' }),
			'Parameter 2: Name is given twice',
		],
		['a list in place of an object', json('[1, 2]'), 'Parameters (JSON) must be an object'],
		['null in place of an object', json('null'), 'Parameters (JSON) must be an object'],
		['JSON with a trailing comma', json('{"amount": 1,}'), 'Parameters (JSON) is not JSON'],
		[
			'an invalid definition ID',
			{ ...json('{}'), workflowDefinitionId: 'a/b' },
			'Workflow Definition ID contains a character that no ID has',
		],
	])('rejects %s before any request', async (_, parameters, message) => {
		const error = errorOf(await account.run(parameters));
		expect(error.message).toContain(message);
		expect(await account.exchanges()).toBe(0);
	});

	it('reports an unknown workflow definition, with the fingerprint', async () => {
		const { message, description } = errorOf(
			await account.run({
				...json('{}'),
				workflowDefinitionId: '99999999-9999-4999-8999-999999999999',
			}),
		);
		expect(message).toContain('has no workflow definition with this ID');
		expect(description).toContain('Fingerprint');
	});
});
