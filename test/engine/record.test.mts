// Records are created with typed columns and read by ID.

import type { INodeParameters } from 'n8n-workflow';
import { openAccount, type Account } from './account.mts';
import { errorOf } from './harness/index.mts';
import { newRecord, TABLE } from './records.mts';

let account: Account;
beforeAll(async () => {
	account = await openAccount();
});
beforeEach(async () => await account.reset());

const create = (parameters: INodeParameters) => ({
	resource: 'record',
	operation: 'create',
	tableId: TABLE,
	...parameters,
});
const fields = (...values: INodeParameters[]) =>
	create({ specifyColumns: 'fields', columnsUi: { values } });
const json = (columnsJson: string | INodeParameters) =>
	create({ specifyColumns: 'json', columnsJson });
const get = (recordId: string, tableId = TABLE) => ({
	resource: 'record',
	operation: 'get',
	tableId,
	recordId,
});

describe('Record → Create', () => {
	it('sends each column with its type, and returns the record unchanged', async () => {
		const { output } = await account.run(
			fields(
				{ name: 'companyNumber', type: 'string', value: '0055' },
				{ name: 'employees', type: 'number', value: '12' },
				{ name: 'active', type: 'boolean', value: true },
				{ name: 'owners', type: 'json', value: '["Nathan"]' },
			),
		);
		const columns = { companyNumber: '0055', employees: 12, active: true, owners: ['Nathan'] };
		const [request] = await account.requests('createRecord');
		expect(request?.body).toEqual(columns);
		expect(output[0]?.[0]?.json).toEqual({
			...columns,
			id: expect.any(String),
			version: 1,
			createdAt: expect.any(String),
			updatedAt: expect.any(String),
		});
	});

	it.each([
		['a text', '{"employees": 12}'],
		['an object from an expression', { employees: 12 }],
	])('sends JSON from %s', async (_, value) => {
		await account.run(json(value));
		const [request] = await account.requests('createRecord');
		expect(request?.body).toEqual({ employees: 12 });
	});

	it('creates a record without columns', async () => {
		expect((await account.run(fields())).status).toBe('success');
	});

	it.each([
		['a list in place of columns', json('[1, 2]'), 'Columns (JSON) must be an object'],
		['a text in place of columns', json('"Nordlys"'), 'Columns (JSON) must be an object'],
		['invalid JSON', json('{"a":'), 'Columns (JSON) is not JSON'],
		[
			'an invalid number',
			fields({ name: 'employees', type: 'number', value: 'a few' }),
			'Column 1: Value must be a number',
		],
		[
			'a column without a name',
			fields({ name: '', type: 'string', value: 'x' }),
			'Column 1: Name is empty',
		],
		[
			'a duplicate column',
			fields({ name: 'a', type: 'string', value: '1' }, { name: 'a', type: 'string', value: '2' }),
			'Column 2: Name is given twice',
		],
		[
			'an invalid table ID',
			{ ...fields(), tableId: '../cases' },
			'Table ID contains a character that no ID has',
		],
	])('rejects %s before any request', async (_, parameters, message) => {
		const error = errorOf(await account.run(parameters));
		expect(error.message).toContain(message);
		expect(await account.exchanges()).toBe(0);
	});

	it('reports an unknown table', async () => {
		const { message, description } = errorOf(
			await account.run({ ...fields(), tableId: 'nowhere' }),
		);
		expect(message).toBe('TransactionLink has no table with this ID');
		expect(description).toMatch(
			/The ID, not the name, in the TransactionLink dashboard.*Fingerprint/,
		);
	});

	it('reports the created IDs of other items when one item fails', async () => {
		const items = [{ table: TABLE }, { table: 'nowhere' }];
		const { description } = errorOf(
			await account.run({ ...fields(), tableId: '={{ $json.table }}' }, { items }),
		);
		const { data: records } = await account.sandbox.control.get<{ id: string }[]>('/records');
		expect(description).toContain(`item 0: record ${records[0]?.id}`);
	});

	it('names the missing permission', async () => {
		await account.set({ missingPermissions: ['can_edit_data'] });
		const { message, description } = errorOf(await account.run(fields()));
		expect(message).toBe('The TransactionLink credential is not allowed to create the record');
		expect(description).toContain('can_edit_data');
	});
});

describe('Record → Get', () => {
	it('returns the record with its columns', async () => {
		const recordId = await newRecord(account, { companyName: 'Nordlys AB' });
		const { output } = await account.run(get(recordId));
		expect(output[0]?.[0]?.json).toMatchObject({
			id: recordId,
			version: 1,
			companyName: 'Nordlys AB',
		});
	});

	it('reports an unknown record, and where to find the IDs', async () => {
		const { message, description } = errorOf(await account.run(get('unknown')));
		expect(message).toBe('TransactionLink has no record or table with this ID');
		expect(description).toContain('ID in the output of Record → Create');
	});

	it.each([
		['blanks', get(' '), 'Record ID is empty'],
		[
			'the text "null"',
			get('null'),
			'Record ID is "null", which expressions leave when they return no ID',
		],
		['a path', get('a/b'), 'Record ID contains a character that no ID has'],
		['a blank table ID', get('r-1', ' '), 'Table ID is empty'],
	])('rejects %s before any request', async (_, parameters, message) => {
		expect(errorOf(await account.run(parameters)).message).toContain(message);
		expect(await account.exchanges()).toBe(0);
	});

	it('rejects the ID of a case that the item contains', async () => {
		const { message } = errorOf(
			await account.run(get('={{ $json.caseId }}'), { items: [{ caseId: 'c-1' }] }),
		);
		expect(message).toBe('Record ID is the ID of a case');
		expect(await account.exchanges()).toBe(0);
	});
});
