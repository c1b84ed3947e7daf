// Data that expressions, spreadsheets and pasting have damaged is cleaned or rejected, and never sent unchanged.

import type { INodeParameters } from 'n8n-workflow';

import { definitions, openAccount, type Account } from './account.mts';
import { createBinaryItem, errorOf } from './harness/index.mts';
import { newRecord, TABLE } from './records.mts';

let account: Account;
beforeAll(async () => {
	account = await openAccount();
});
beforeEach(async () => await account.reset());

const createCase = (additionalFields: INodeParameters): INodeParameters => ({
	resource: 'case',
	operation: 'create',
	additionalFields,
});
const createSet = (parameters: INodeParameters): INodeParameters => ({
	resource: 'parameters',
	operation: 'create',
	workflowDefinitionId: definitions.completesSoon,
	...parameters,
});
const row = (value: INodeParameters): INodeParameters =>
	createSet({
		specifyParameters: 'fields',
		parametersUi: { values: [{ name: 'note', type: 'string', ...value }] },
	});
const json = (parametersJson: string): INodeParameters =>
	createSet({ specifyParameters: 'json', parametersJson });
const start = (parameters: INodeParameters): INodeParameters => ({
	resource: 'workflow',
	operation: 'start',
	workflowDefinitionId: definitions.takesAMinute,
	locale: 'en',
	...parameters,
});

/** Returns the heading and description of a rejection, and checks that no request was sent. */
async function rejectionOf(parameters: INodeParameters, item = {}): Promise<string> {
	const { message, description } = errorOf(await account.run(parameters, { items: [item] }));
	expect(await account.exchanges()).toBe(0);
	expect(description).toMatch(/Nothing was sent to TransactionLink/);
	return `${message}. ${description ?? ''}`;
}

/** Returns the body of the operation's only request. */
async function sentBy(
	operationId: string,
	parameters: INodeParameters,
	item = {},
): Promise<unknown> {
	const { error } = await account.run(parameters, { items: [item] });
	expect(error?.message).toBeUndefined();
	const requests = await account.requests(operationId);
	expect(requests).toHaveLength(1);
	return requests[0]?.body;
}

describe('a choice whose expression returns an unknown value', () => {
	it.each([
		[
			'Specify Parameters',
			'the label',
			createSet({ specifyParameters: '={{ "JSON" }}' }),
			'fields or json',
		],
		[
			'Specify Parameters',
			'nothing',
			createSet({ specifyParameters: '={{ $json.nope }}' }),
			'fields or json',
		],
		[
			'Specify Parameters',
			'a list',
			createSet({ specifyParameters: '={{ ["json"] }}' }),
			'fields or json',
		],
		[
			'Specify Columns',
			'the label',
			{ resource: 'record', operation: 'create', tableId: TABLE, specifyColumns: '={{ "JSON" }}' },
			'fields or json',
		],
		[
			'Expires',
			'different capitals',
			start({ expires: '={{ "Hours" }}', expiresAt: '2030-12-31' }),
			'default, date or hours',
		],
		[
			'Parameter 1: Type',
			'different capitals',
			row({ type: '={{ "Number" }}', value: '1' }),
			'boolean, json, number or string',
		],
	])('%s rejects %s, and names its values', async (label, _, parameters, values) => {
		const rejection = await rejectionOf(parameters);
		expect(rejection).toContain(label);
		expect(rejection).toContain(values);
	});
});

describe('text from an expression that returned no text', () => {
	const item = { obj: { a: 1 }, first: 'Nathan' };

	it.each([
		['an object in a template', '=X {{ $json.obj }}', 'returned no text'],
		['a template literal over a missing field', '={{ `${$json.nope}` }}', 'returned no text'],
		['a missing field added to a text', '={{ $json.first + $json.nope }}', 'returned no text'],
		['a promise', '=[object Promise]', 'returned no text'],
		['a date that does not exist', '={{ String(new Date("x")) }}', 'returned no text'],
		['an expression typed into a fixed field', '{{ $json.name }}', 'was not evaluated'],
		['NaN', '={{ NaN }}', 'returned no text'],
		['a formula of a spreadsheet without a value', '#N/A', 'a spreadsheet shows'],
		['half of an emoji', '={{ "Nathan 👋".slice(0, 8) }}', 'half of a character'],
	])(
		'%s is not sent as a name, a parameter, a column or inside JSON',
		async (_, value, finding) => {
			expect(await rejectionOf(createCase({ lastName: value }), item)).toContain(finding);
			expect(await rejectionOf(row({ value }), item)).toContain(finding);
			const record = {
				resource: 'record',
				operation: 'create',
				tableId: TABLE,
				specifyColumns: 'fields',
			};
			const columnsUi = { values: [{ name: 'a', type: 'string', value }] };
			expect(await rejectionOf({ ...record, columnsUi }, item)).toContain(finding);
		},
	);

	it.each([
		['{ "name": "{{ $json.name }}" }', 'was not evaluated'],
		['{ "owners": [{ "name": "undefined" }] }', 'returned no text'],
		['{ "amount": undefined }', 'returned no text'],
		['{ "amount": {{ $json.amount }} }', 'was not evaluated'],
		['{ "[object Object]": 1 }', 'returned no text'],
	])('%s is not sent as JSON', async (parametersJson, finding) => {
		expect(await rejectionOf(json(parametersJson))).toContain(finding);
	});

	it('sends the surname Null', async () => {
		expect(await sentBy('createCase', createCase({ lastName: 'Null', firstName: 'null' }))).toEqual(
			{
				lastName: 'Null',
				firstName: 'null',
			},
		);
	});
});

describe('numbers with lost digits', () => {
	it.each([
		['a String parameter', row({ value: '={{ 12345678901234567890 }}' })],
		['a String parameter', row({ value: '={{ 1e21 }}' })],
		['a String parameter', row({ value: '1.99001E+11' })],
		['a String parameter', row({ value: '={{ 1234567890123.456789 }}' })],
		['Personal Number', createCase({ personalNumber: '1.99001E+11' })],
		['Personal Number', createCase({ personalNumber: '199001012384.0' })],
		['Company Number', createCase({ companyNumber: '5,56012E+09' })],
		['Company Number', createCase({ companyNumber: '={{ 556012579012345678901 }}' })],
		['Phone Number', createCase({ phoneNumber: '701234567.0' })],
		['Phone Country Code', createCase({ phoneCountryCode: '46,0' })],
	])('are not sent in %s', async (_, parameters) => {
		const rejection = await rejectionOf(parameters);
		expect(rejection).toContain('lost digits before it reached this node');
		expect(rejection).toContain('Format the column as text');
	});

	it.each([
		'{ "amount": 1234567890123.456789 }',
		'{ "amounts": [1, 1e-400] }',
		'{ "deep": { "amount": 0.12345678901234567890 } }',
		'{ "amount": 9007199254740993 }',
	])('are not sent inside %s', async (parametersJson) => {
		expect(await rejectionOf(json(parametersJson))).toContain('more digits than a number can hold');
	});

	it('are sent in any notation if they have kept their digits', async () => {
		const body = await sentBy(
			'createParameterSet',
			json('{ "a": 0.10, "b": 1.5e3, "c": -0.25, "d": 9007199254740991 }'),
		);
		expect(JSON.stringify(body)).toContain('{"a":0.1,"b":1500,"c":-0.25,"d":9007199254740991}');
	});

	it('are sent without the text marks of spreadsheets', async () => {
		expect(
			await sentBy('createCase', createCase({ personalNumber: "'0012", companyNumber: '="0099"' })),
		).toEqual({
			personalNumber: '0012',
			companyNumber: '0099',
		});
	});
});

describe('pasted text', () => {
	it.each([
		'nathan\u200B@example.com',
		'<nathan@example.com>',
		'Nathan Lindqvist <nathan@example.com>',
		'nathan@example.com;',
		'mailto:nathan@example.com',
		'"nathan@example.com"',
		'\uFEFF nathan@exam\u00ADple.com\u00A0',
	])('%j becomes the e-mail address in it', async (email) => {
		expect(await sentBy('createCase', createCase({ email }))).toEqual({
			email: 'nathan@example.com',
		});
	});

	it.each([
		'nathan@example',
		'a@b.se, c@d.se',
		'nathan@@example.com',
		'nathan@.com',
		'na than@example.com',
		'nathan.@example.com',
	])('%j is rejected, because it is not one e-mail address', async (email) => {
		expect(await rejectionOf(createCase({ email }))).toContain('Email is not an e-mail address');
	});

	it('loses invisible characters, and is empty if it consists of them alone', async () => {
		const body = await sentBy(
			'createCase',
			createCase({
				personalNumber: '1990\u200B0101',
				lastName: '\u202ELind\u2060qvist\u200F',
				firstName: '\u200B\u3164 ',
			}),
		);
		expect(body).toEqual({ personalNumber: '19900101', lastName: 'Lindqvist' });
	});

	it.each([
		['a composed emoji', '👩\u200D🚀 Space ❤️'],
		['Persian', 'می\u200Cخواهم'],
		['an Indic script', 'ക്\u200Dഷ'],
		['a flag', '🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}'],
		['a variant of an ideograph', '葛\u{E0100}城'],
	])('keeps the joiners of %s', async (_, companyName) => {
		expect(await sentBy('createCase', createCase({ companyName }))).toEqual({ companyName });
	});

	it('cleans names of parameters, and compares them in one Unicode form', async () => {
		const values = (...names: string[]) => ({
			values: names.map((name) => ({ name, type: 'string', value: '1' })),
		});
		const twice = createSet({
			specifyParameters: 'fields',
			parametersUi: values('é', 'e\u0301\u200B'),
		});
		expect(await rejectionOf(twice)).toContain('Parameter 2: Name is given twice');
		const body = await sentBy(
			'createParameterSet',
			createSet({ specifyParameters: 'fields', parametersUi: values('\u200Bamount\u00A0') }),
		);
		expect(body).toMatchObject({ parameters: { amount: '1' } });
	});

	it('cleans tags, from text or from a list', async () => {
		const recordId = await newRecord(account);
		const items = [
			await createBinaryItem('data', {
				content: Buffer.from('x'),
				fileName: 'a.txt',
				mimeType: 'text/plain',
			}),
		];
		const upload = { resource: 'attachment', operation: 'upload', tableId: TABLE, recordId };
		for (const tags of ['passport\u200B, "front";', '={{ [" passport", "front\u2060"] }}']) {
			const { output } = await account.run({ ...upload, tags }, { items });
			expect(output[0]?.[0]?.json['name']).toBe('a.txt');
		}
		const sent = (await account.requests('uploadAttachment')).map(({ body }) =>
			JSON.stringify(body),
		);
		expect(sent.every((body) => body.includes('"tags":["passport","front"]'))).toBe(true);
	});
});

describe('a switch', () => {
	it.each(['={{ "true" }}', '={{ "TRUE" }}', '={{ 1 }}', '={{ "Yes" }}'])(
		'reads %s as on',
		async (value) => {
			const recordId = await newRecord(account);
			const items = [
				await createBinaryItem('data', {
					content: Buffer.from('x'),
					fileName: 'a.txt',
					mimeType: 'text/plain',
				}),
			];
			const attachment = { resource: 'attachment', tableId: TABLE, recordId };
			for (let count = 0; count < 2; count += 1)
				await account.run({ ...attachment, operation: 'upload' }, { items });
			const { output } = await account.run({
				...attachment,
				operation: 'getMany',
				returnAll: value,
				limit: 1,
			});
			expect(output[0]).toHaveLength(2);
			const waited = await account.run({
				resource: 'workflow',
				operation: 'run',
				workflowDefinitionId: definitions.completesSoon,
				runFor: 'nothing',
				waitForCompletion: value,
			});
			expect(waited.output[0]?.[0]?.json['status']).toBe('COMPLETED');
		},
	);

	it.each(['={{ "FALSE" }}', '={{ 0 }}', '={{ "no" }}'])('reads %s as off', async (simplify) => {
		const { output } = await account.run(start({ simplify }));
		expect(output[0]?.[0]?.json).toHaveProperty('workspaceId');
	});

	it.each(['={{ "maybe" }}', '={{ 2 }}', '={{ [] }}', '={{ $json.nope }}'])(
		'rejects %s',
		async (value) => {
			expect(await rejectionOf(start({ waitForCompletion: value }))).toContain(
				'Wait for Completion',
			);
			expect(await rejectionOf(start({ simplify: value }))).toContain('Simplify');
		},
	);
});

describe('a value of another type', () => {
	const link = {
		resource: 'link',
		operation: 'create',
		linkFor: 'case',
		caseId: 'c-1',
		workflowDefinitionId: 'd-1',
	};
	const send = { ...link, operation: 'send', linkFor: 'record', recordId: 'r-1' };

	it.each([
		['Language', { ...link, language: '={{ ["sv"] }}' }, 'not a list'],
		['Language', { ...link, language: '={{ { a: "sv" } }}' }, 'not an object'],
		['Language', start({ locale: '={{ ["sv"] }}' }), 'not a list'],
		['Email', { ...send, email: '={{ ["a@b.se"] }}' }, 'not a list'],
		['Email', { ...send, email: '={{ true }}' }, 'not true or false'],
		[
			'Input Binary Field',
			{ resource: 'file', operation: 'upload', binaryPropertyName: '={{ { data: 1 } }}' },
			'not an object',
		],
		['Name', row({ name: '={{ ["a"] }}', value: '1' }), 'not a list'],
		[
			'Put Output File in Field',
			{
				resource: 'attachment',
				operation: 'get',
				tableId: 't',
				recordId: 'r',
				attachmentId: 'a',
				binaryPropertyName: '={{ ["data"] }}',
			},
			'not a list',
		],
	])('in %s is rejected, and the message names the field', async (label, parameters, type) => {
		const rejection = await rejectionOf(parameters);
		expect(rejection).toContain(`${label} must be text, ${type}`);
	});
});

it('sends a photo of nine megabytes in JSON text', async () => {
	const photo = 'Ab/+'.repeat(2_250_000);
	const { error } = await account.run(json(JSON.stringify({ photo, name: 'a "quoted" \\ name' })));
	// The sandbox rejects a body of this size, and its response shows that the node has sent it.
	expect(error?.message ?? 'sent').not.toMatch(/call stack|Parameters/);
	expect(await account.exchanges()).toBe(1);
});

describe('a date', () => {
	const inTenDays = new Date(Date.now() + 10 * 24 * 60 * 60 * 1000);
	const [year = '', month = '', day = ''] = inTenDays.toISOString().slice(0, 10).split('-');
	const serial = Math.round(inTenDays.getTime() / 86_400_000) + 25_569;

	it.each([
		['month first', `${month}/${day}/${year}, 10:00 AM`],
		['day first with dots', `${day}.${month}.${year}`],
		['the serial number of a spreadsheet', `={{ ${serial} }}`],
		['a serial number as text', String(serial)],
		['words', 'in ten days'],
		['a day that does not exist', `${year}-${month}-32T10:00:00`],
	])('in the form of %s is rejected with the form to use', async (_, expiresAt) => {
		const rejection = await rejectionOf(start({ expires: 'date', expiresAt }));
		expect(rejection).toMatch(/^Expires At .*2030-12-31T12:00:00Z/);
	});

	it.each([
		['milliseconds', `={{ ${inTenDays.getTime()} }}`],
		['a date of Luxon', `={{ DateTime.fromMillis(${inTenDays.getTime()}) }}`],
		['a text of Luxon', `={{ DateTime.fromMillis(${inTenDays.getTime()}).toISO() }}`],
		['an HTTP date', inTenDays.toUTCString()],
		['a JavaScript date', `={{ new Date(${inTenDays.getTime()}) }}`],
	])('in the form of %s is accepted', async (_, expiresAt) => {
		const body = await sentBy('startWorkflow', start({ expires: 'date', expiresAt }));
		const sent = (body as { expiresAt: string }).expiresAt;
		expect(Math.abs(Date.parse(sent) - inTenDays.getTime())).toBeLessThan(1_000);
	});
});

it.each([
	['an empty name', ''],
	['a name of blanks', '  '],
	['an invisible name', '\u200B'],
])('a file with %s is sent under the name of its field', async (_, fileName) => {
	const item = await createBinaryItem('scan', {
		content: Buffer.from('x'),
		fileName,
		mimeType: 'application/pdf',
	});
	const upload = { resource: 'file', operation: 'upload', binaryPropertyName: 'scan' };
	const { output, error } = await account.run(upload, { items: [item] });
	expect(error?.message).toBeUndefined();
	expect(output[0]?.[0]?.json['resourceName']).toMatch(/^scan/);
});

describe('a number written as text', () => {
	it('is accepted in every number field', async () => {
		expect(
			await sentBy('startWorkflow', start({ expires: 'hours', expiresInHours: '={{ "24" }}' })),
		).toHaveProperty('expiresAt');
		const getMany = {
			resource: 'attachment',
			operation: 'getMany',
			tableId: TABLE,
			recordId: await newRecord(account),
		};
		expect((await account.run({ ...getMany, limit: '={{ " 10 " }}' })).status).toBe('success');
	});

	it.each(['0x10', '1_0', '5 min', '١٠'])('%s is rejected in every number field', async (value) => {
		expect(await rejectionOf(start({ waitForCompletion: true, maxWaitMinutes: value }))).toContain(
			'Max Wait',
		);
		expect(await rejectionOf(start({ expires: 'hours', expiresInHours: value }))).toContain(
			'Expires in Hours',
		);
	});
});

describe('values that JSON cannot contain', () => {
	it.each([
		['an empty field', json(''), 'Parameters (JSON) is empty'],
		[
			'an expression that returns nothing',
			json('={{ $json.nope }}'),
			'Parameters (JSON) is empty: the expression returned no value',
		],
		[
			'a boolean that returns nothing',
			row({ type: 'boolean', value: '={{ $json.nope }}' }),
			'Value is empty: the expression returned no value',
		],
		['a whole item', json('={{ $("Items").item }}'), 'contains a whole n8n item'],
		['all items', json('={{ { items: $("Items").all() } }}'), 'contains a whole n8n item'],
		['deep nesting', json(`${'['.repeat(5_000)}${']'.repeat(5_000)}`), 'Parameters (JSON)'],
		[
			'a deeply nested object',
			json('={{ JSON.parse("[".repeat(300) + "]".repeat(300)) }}'),
			'Parameters (JSON)',
		],
		['all nodes', json('={{ $node }}'), 'Parameters (JSON)'],
		['a map', json('={{ { a: new Map([[1, 2]]) } }}'), 'Parameters (JSON)'],
	])('%s is rejected with the reason before any request', async (_, parameters, heading) => {
		expect(await rejectionOf(parameters, { a: 1 })).toContain(heading);
	});

	it('rejects tags whose expression returns nothing, with that reason', async () => {
		const upload = {
			resource: 'attachment',
			operation: 'upload',
			tableId: TABLE,
			recordId: 'r-1',
			tags: '={{ $json.nope }}',
		};
		expect(await rejectionOf(upload)).toContain('Tags is empty: the expression returned no value');
	});

	it('leaves out blank Documents (JSON)', async () => {
		expect(
			await sentBy(
				'createCase',
				createCase({ companyName: 'Nordlys AB', documentsJson: ' \u200B' }),
			),
		).toEqual({ companyName: 'Nordlys AB' });
	});
});

it.each([
	['U+200B at position 3', 'ab\u200Bcd'],
	['U+0430 at position 1', '\u0430bcd'],
	['"/" (U+002F) at position 2', 'a/b'],
	['U+1F44B at position 4', 'abc👋'],
])('rejects an ID with an invalid character, and names it: %s', async (character, caseId) => {
	const rejection = await rejectionOf({ resource: 'case', operation: 'get', caseId });
	expect(rejection).toContain(`Case ID contains a character that no ID has: ${character}`);
});

it('removes pasted blanks and invisible characters from the ends of an ID', async () => {
	await account.run({ resource: 'case', operation: 'get', caseId: '\uFEFF\u200B case-1\u00A0' });
	expect((await account.requests('getCase')).map(({ path }) => path)).toEqual(['/cases/case-1']);
});

describe('a credential', () => {
	const get = { resource: 'case', operation: 'get', caseId: 'case-1' };
	const messageWith = async (data: Record<string, string>) =>
		(await account.run(get, { credential: account.credential(data) })).error?.message;
	const NOT_FOUND = 'TransactionLink has no case with this ID';

	it.each(['', '  ', '\u200B\uFEFF'])(
		'without an organization token (%j) is rejected before any request',
		async (organizationToken) => {
			const message = await messageWith({ authentication: 'organizationToken', organizationToken });
			expect(message).toBe('The TransactionLink credential has no Organization Token');
			expect(await account.requests('getCase')).toHaveLength(0);
		},
	);

	it('of an unknown kind does not count as an API key', async () => {
		expect(await messageWith({ authentication: 'Token' })).toMatch(/is not one of its choices/);
		expect(await account.exchanges()).toBe(0);
	});

	it.each([
		{ apiKey: '\u200Bsandbox-key\u00A0', apiSecret: 'sandbox-\u2060secret\n' },
		{ authentication: 'organizationToken', organizationToken: 'Bearer tot_sandbox\u200B' },
	])('loses pasted blanks and invisible characters: %j', async (data) => {
		expect(await messageWith(data)).toBe(NOT_FOUND);
	});
});

describe('further invalid input', () => {
	it('converts line breaks of word processors, and keeps final joiners of Indian scripts', async () => {
		const body = await sentBy(
			'createCase',
			createCase({ companyAddress: 'Storgatan 1\u000B111 22 Stockholm', firstName: 'മോഹന്\u200D' }),
		);
		expect(body).toEqual({
			companyAddress: 'Storgatan 1\n111 22 Stockholm',
			firstName: 'മോഹന്\u200D',
		});
	});

	it.each([
		["'556012-5790'", '556012-5790'],
		['“0012”;', '0012'],
		['131002E2800', '131002E2800'],
		['250.000', '250.000'],
	])('the number %s is sent as %s', async (companyNumber, sent) => {
		expect(await sentBy('createCase', createCase({ companyNumber }))).toEqual({
			companyNumber: sent,
		});
	});

	it.each([
		['companyNumber', '="0012"&""', 'a part of a formula'],
		['companyNumber', "'#N/A", 'a spreadsheet shows'],
		['phoneNumber', '-', 'is not a telephone number'],
		['email', 'mailto:a%2Bb@b.com', 'is not an e-mail address'],
		['lastName', '=X {{ $json.name.trim }}', 'returned no text'],
		['lastName', 'Nordlys #ERROR!', 'a spreadsheet shows'],
		['lastName', 'X Invalid DateTime', 'returned no text'],
		['lastName', '1.99001012384E11', 'lost digits'],
	])('%s rejects %s', async (name, value, finding) => {
		expect(await rejectionOf(createCase({ [name]: value }), { name: 'Ada' })).toContain(finding);
	});

	it.each([
		["'nathan@b.com", 'nathan@b.com'],
		['nathan@b.com <nathan@b.com>', 'nathan@b.com'],
		["o'brien@b.ie", "o'brien@b.ie"],
	])('the address in %s is sent', async (email, sent) => {
		expect(await sentBy('createCase', createCase({ email }))).toEqual({ email: sent });
	});

	it('sends base64 that contains NaN', async () => {
		const body = await sentBy('createParameterSet', json('{ "photo": "iVBOR+NaN/w0KGgo=" }'));
		expect(body).toMatchObject({ parameters: { photo: 'iVBOR+NaN/w0KGgo=' } });
	});

	it('rejects a day that does not exist, also if its month is a word', async () => {
		const expiresAt = 'Tue, 31 Feb 2026 10:00:00 GMT';
		expect(await rejectionOf(start({ expires: 'date', expiresAt }))).toContain('does not exist');
	});

	it('cleans names in JSON like those in rows, and rejects empty ones', async () => {
		expect(await rejectionOf(json('{ "\\u200B": 1 }'))).toContain('an empty name');
		const body = await sentBy('createParameterSet', json('{ " amount\u200B ": 1 }'));
		expect(body).toMatchObject({ parameters: { amount: 1 } });
	});

	it('reads tags from a JSON list, and rejects a tag with a comma', async () => {
		const upload = { resource: 'attachment', operation: 'upload', tableId: TABLE, recordId: 'r-1' };
		const file = { content: Buffer.from('x'), fileName: 'a.txt', mimeType: 'text/plain' };
		const items = [await createBinaryItem('data', file)];
		await account.run({ ...upload, tags: '["passport", "front"]' }, { items });
		const [request] = await account.requests('uploadAttachment');
		expect(request?.body).toMatchObject({ tags: ['passport', 'front'] });
		const { error } = await account.run({ ...upload, tags: '={{ ["a, b"] }}' }, { items });
		expect(error?.message).toBe('Tags contains a tag with a comma in it');
	});
});
