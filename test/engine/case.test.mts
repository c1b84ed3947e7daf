// Cases are created from the fields as the contract defines them, and read by ID.

import type { INodeParameters } from 'n8n-workflow';
import { openAccount, type Account } from './account.mts';
import { errorOf } from './harness/index.mts';

let account: Account;
beforeAll(async () => {
	account = await openAccount();
});
beforeEach(async () => await account.reset());

const create = (additionalFields: INodeParameters) => ({
	resource: 'case',
	operation: 'create',
	additionalFields,
});

describe('Case → Create', () => {
	it('allows a case without any field, and shows a hint about it', async () => {
		const { status, hints } = await account.run(create({}), { items: [{}, {}] });
		expect(status).toBe('success');
		expect(hints).toEqual(['The case was created without any field for 2 of 2 items.']);
	});

	it('sends the entered fields in the form of the contract, and returns the case', async () => {
		const { output } = await account.run(
			create({
				firstName: 'Nathan',
				lastName: ' Lindqvist ',
				personalNumber: '007',
				email: 'nathan@example.com',
				phoneCountryCode: '46',
				phoneNumber: 701234567,
				companyName: '',
				companyNumber: 5560125790,
				documents: {
					values: [{ resourceId: 'r-1', resourceName: 'passport.pdf', resourcePath: '' }],
				},
			}),
		);
		const [request] = await account.requests('createCase');
		expect(request?.body).toEqual({
			firstName: 'Nathan',
			lastName: 'Lindqvist',
			personalNumber: '007',
			email: 'nathan@example.com',
			phone: { countryCode: '46', number: '701234567' },
			companyNumber: '5560125790',
			documents: [{ resourceId: 'r-1', resourceName: 'passport.pdf' }],
		});
		expect(output[0]?.[0]?.json['caseId']).toEqual(expect.any(String));
	});

	it.each([
		[
			'the output of an upload',
			{ resourceId: 'r-1', resourceName: 'a.pdf', resourcePath: '/a', size: 3 },
		],
		['a list of outputs', [{ resourceId: 'r-1', resourceName: 'a.pdf', resourcePath: '/a' }]],
	])('accepts documents as JSON, from %s', async (_, documents) => {
		const rows = { values: [{ resourceId: 'r-0', resourceName: '', resourcePath: '' }] };
		for (const documentsJson of [
			JSON.stringify(documents),
			`={{ ${JSON.stringify(documents)} }}`,
		]) {
			await account.run(create({ documents: rows, documentsJson }));
		}
		const expected = {
			documents: [
				{ resourceId: 'r-0' },
				{ resourceId: 'r-1', resourceName: 'a.pdf', resourcePath: '/a' },
			],
		};
		expect((await account.requests('createCase')).map(({ body }) => body)).toEqual([
			expected,
			expected,
		]);
	});

	it.each([
		['an invalid e-mail address', { email: 'nathan' }, 'Email is not an e-mail address'],
		['a list as text', { firstName: ['Nathan'] }, 'First Name must be text, not a list'],
		[
			'a number that JavaScript has rounded',
			{ personalNumber: 2 ** 60 },
			'Personal Number lost digits before it reached this node',
		],
		[
			'fields that are all empty',
			{ firstName: '={{ $json.nope }}', email: ' ' },
			'Additional Fields are all empty',
		],
		[
			'a document without an ID and a path',
			{ documents: { values: [{ resourceName: 'passport.pdf' }] } },
			'Document 1: Resource ID and Resource Path are both empty',
		],
		['documents in invalid JSON', { documentsJson: '{' }, 'Documents (JSON) is not JSON'],
		[
			'a list of texts as documents',
			{ documentsJson: '["passport.pdf"]' },
			'Documents (JSON) must be a JSON object or a list of objects',
		],
		[
			'the error of an upload',
			{ documentsJson: '={{ { error: "x" } }}' },
			'Documents (JSON), document 1: Resource ID and Resource Path are both empty',
		],
	])('rejects %s before any request', async (_, fields, message) => {
		const error = errorOf(await account.run(create(fields)));
		expect(error.message).toBe(message);
		expect(error.context['itemIndex']).toBe(0);
		expect(await account.requests('createCase')).toHaveLength(0);
		expect(await account.exchanges()).toBe(0);
	});
});

describe('Case → Get', () => {
	const get = (caseId: string | string[]) => ({ resource: 'case', operation: 'get', caseId });

	it('returns the created case', async () => {
		const caseId = await account.newCase();
		const { output } = await account.run(get(caseId));
		expect(output[0]?.[0]?.json).toMatchObject({
			caseId,
			partyDetails: { business: { companyName: 'Nordlys AB' } },
		});
	});

	it('reports an unknown case, and where to find its ID', async () => {
		const { message, description, httpCode } = errorOf(await account.run(get('unknown')));
		expect(message).toBe('TransactionLink has no case with this ID');
		expect(description).toMatch(
			/"caseId" in the output of Case → Create.*<br>TransactionLink said: .*<br>Fingerprint/,
		);
		expect(httpCode).toBe('404');
	});

	it.each([
		['blanks', '   ', 'Case ID is empty'],
		[
			'an expression that returns nothing',
			'={{ $json.nope }}',
			'Case ID is empty: the expression returned no value',
		],
		['a number that lost its last digits', '={{ 12345678901234567890 }}', 'Case ID lost digits'],
		['the text "undefined"', 'undefined', 'Case ID is incomplete: the expression returned no text'],
		['a path', '../parameters', 'Case ID contains a character that no ID has'],
		['a query', 'a?b=c', 'Case ID contains a character that no ID has'],
		['a list', ['a'], 'Case ID must be text, not a list'],
		['a whole sentence', 'the case of Nordlys', 'Case ID contains a space'],
	])('rejects %s before any request', async (_, caseId, message) => {
		const error = errorOf(await account.run(get(caseId)));
		expect(error.message).toContain(message);
		expect(error.description).toContain('Nothing was sent');
		expect(await account.exchanges()).toBe(0);
	});
});
