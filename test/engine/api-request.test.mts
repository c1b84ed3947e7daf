// API Request → Send reaches every path below the base URL, and no other address.

import { Socket } from 'node:net';
import type { INodeParameters } from 'n8n-workflow';
import { SAMPLE_TABLE } from '../../sandbox/definitions.mts';
import { openAccount, type Account } from './account.mts';
import { errorOf, startLocalServer, type CannedResponse } from './harness/index.mts';

const TABLE = SAMPLE_TABLE.id;

let account: Account;
beforeAll(async () => {
	account = await openAccount();
});
beforeEach(async () => await account.reset());

const send = (path: string, more: INodeParameters = {}): INodeParameters => ({
	resource: 'apiRequest',
	operation: 'send',
	path,
	...more,
});
const withBody = (method: string, path: string, body: string, more: INodeParameters = {}) =>
	send(path, { method, sendBody: true, bodyJson: body, ...more });
const query = (...values: { name: string; value: string }[]) => ({ queryUi: { values } });

async function jsonOf(parameters: INodeParameters): Promise<unknown[]> {
	const { output, error } = await account.run(parameters);
	expect(error).toBeUndefined();
	return (output[0] ?? []).map(({ json }) => json);
}

/** Runs the node against a server with responses that the sandbox never sends. */
async function runWithResponse(
	response: CannedResponse | ((path: string) => CannedResponse),
	more: INodeParameters = {},
) {
	const server = await startLocalServer(({ path }) =>
		typeof response === 'function' ? response(path) : response,
	);
	const credential = account.credential({
		authentication: 'organizationToken',
		organizationToken: 'tot_sandbox',
		baseUrl: `${server.url}/api`,
	});
	const outcome = await account.run(send('/things', more), { credential });
	await server.close();
	const json = (outcome.output[0] ?? []).map((item) => item.json);
	return { ...outcome, json, requests: server.requests };
}

describe('API Request → Send', () => {
	it('lists users page by page, one item each', async () => {
		const users = await jsonOf(
			send('/organizations/users', { returnAll: true, ...query({ name: 'size', value: '2' }) }),
		);
		expect(users).toHaveLength(5);
		expect(users[4]).toMatchObject({ id: expect.any(String), email: 'user-5@example.com' });
		expect((await account.requests('getUsers')).map(({ path }) => path)).toEqual([
			'/organizations/users?size=2',
			'/organizations/users?size=2&page=1',
			'/organizations/users?size=2&page=2',
		]);
	});

	it('requests only as many pages as Limit needs', async () => {
		const parameters = send('/organizations/users', {
			limit: 3,
			...query({ name: 'size', value: '2' }),
		});
		expect(await jsonOf(parameters)).toHaveLength(3);
		expect(await account.requests('getUsers')).toHaveLength(2);
	});

	it('requests a single page if the query contains its number', async () => {
		const values = [
			{ name: 'size', value: '2' },
			{ name: 'page', value: '1' },
		];
		expect(
			await jsonOf(send('/organizations/users', { returnAll: true, ...query(...values) })),
		).toMatchObject([{ email: 'user-3@example.com' }, { email: 'user-4@example.com' }]);
		expect(await account.requests('getUsers')).toHaveLength(1);
	});

	it('sends a JSON body, and the created record can be read', async () => {
		const [created] = await jsonOf(
			withBody('POST', `/tables/${TABLE}/records`, '{"name": "Nordlys AB", "amount": 7}'),
		);
		const { id } = created as { id: string };
		expect(await jsonOf(send(`/tables/${TABLE}/records/${id}`))).toMatchObject([
			{ id, name: 'Nordlys AB', amount: 7 },
		]);
	});

	it('requests version 2 if that is chosen, and accepts IDs of any form', async () => {
		await account.run(send('/cases/a%20b:c@d,é', { options: { apiVersion: 'v2' } }));
		const [request] = await account.requests('getCase');
		expect(request?.accept).toBe('application/json;version=2');
		expect(request?.path).toBe('/cases/a%20b%3Ac%40d%2C%C3%A9');
	});

	it('renews its token like every operation', async () => {
		const credential = account.credential();
		await account.run(send('/organizations/users'), { credential });
		await account.sandbox.control.post('/tokens/revoke');
		const items = Array.from({ length: 20 }, () => ({}));
		const { output } = await account.run(send('/organizations/users'), { credential, items });
		expect(output[0]).toHaveLength(100);
		expect(await account.exchanges()).toBe(2);
	});

	it('keeps repeated names of a query, and encodes names and values', async () => {
		const values = [
			{ name: 'state', value: 'PENDING' },
			{ name: 'state', value: 'EXPIRED' },
			{ name: 'a&b', value: '#/?é +' },
		];
		const { requests } = await runWithResponse({ body: {} }, query(...values));
		expect(requests[0]?.path).toBe(
			'/api/things?state=PENDING&state=EXPIRED&a%26b=%23%2F%3F%C3%A9%20%2B',
		);
	});
});

describe('a response to API Request', () => {
	it.each<[string, CannedResponse, unknown]>([
		['an object', { body: { a: 1 } }, [{ a: 1 }]],
		['a list', { body: [{ a: 1 }, { a: 2 }] }, [{ a: 1 }, { a: 2 }]],
		['an empty list', { body: [] }, []],
		[
			'a list of values',
			{ body: ['a', 2, null, [3]] },
			[{ value: 'a' }, { value: 2 }, { value: null }, { value: [3] }],
		],
		['a number', { body: '7', headers: { 'content-type': 'application/json' } }, [{ value: 7 }]],
		[
			'false',
			{ body: 'false', headers: { 'content-type': 'application/json' } },
			[{ value: false }],
		],
		[
			'text',
			{ body: 'a;b\n1;2', headers: { 'content-type': 'text/csv' } },
			[{ value: 'a;b\n1;2' }],
		],
		['no content', { status: 204 }, [{ success: true }]],
		[
			'a page in the shape of another API',
			{ body: { content: 'x', totalPages: 2, number: 0 } },
			[{ content: 'x', totalPages: 2, number: 0 }],
		],
	])('becomes items if it is %s', async (_, response, expected) => {
		const { json, error } = await runWithResponse(response);
		expect([error, json]).toEqual([undefined, expected]);
	});

	it('may be empty for a change if the server declares that', async () => {
		const { json } = await runWithResponse(
			{ headers: { 'content-length': '0' } },
			{ method: 'POST' },
		);
		expect(json).toEqual([{ success: true }]);
	});

	it('is rejected for a read if it is empty without a 204', async () => {
		const { error } = await runWithResponse({ status: 200, headers: { 'content-length': '0' } });
		expect(error?.message).toMatch(/carry out the GET request is empty$/);
	});

	it('is rejected if it is a file', async () => {
		const { error } = await runWithResponse({
			body: Buffer.from([0, 255]),
			headers: { 'content-type': 'application/pdf' },
		});
		expect(error?.message).toMatch(/is neither JSON nor text$/);
		expect(error?.description).toContain('HTTP Request node');
	});

	it('stays an unchanged page for other methods than GET, because only a GET can be retried', async () => {
		const page = { content: [{ a: 1 }], totalPages: 3, number: 0 };
		const { json, requests } = await runWithResponse({ body: page }, { method: 'POST' });
		expect([json, requests.length]).toEqual([[page], 1]);
	});
});

describe('the paging of API Request', () => {
	const page = (number: number, totalPages: number, content: unknown[] = [{ number }]) => ({
		body: { content, totalPages, number },
	});
	const numberIn = (path: string) => Number(/[?&]page=(\d+)/.exec(path)?.[1] ?? 0);
	const all = { returnAll: true };

	it('fails when TransactionLink returns the same page again', async () => {
		const { error, json, requests } = await runWithResponse(() => page(0, 5), all);
		expect(error?.message).toBe('The list could not be read to its end');
		expect([json, requests.length]).toEqual([[], 2]);
	});

	it('ends at an empty page, and when the list became shorter', async () => {
		const empty = await runWithResponse(
			(path) => page(numberIn(path), 1e9, numberIn(path) < 2 ? [{}] : []),
			all,
		);
		expect([empty.json.length, empty.requests.length]).toEqual([2, 3]);
		const shorter = await runWithResponse(
			(path) => page(numberIn(path), numberIn(path) < 2 ? 9 : 2),
			all,
		);
		expect([shorter.json.length, shorter.requests.length]).toEqual([3, 3]);
	});

	it('fails after a thousand pages instead of returning an incomplete list', async () => {
		const { error, requests } = await runWithResponse((path) => page(numberIn(path), 1e9), all);
		expect(error?.message).toBe('The list could not be read to its end');
		expect(requests).toHaveLength(1_001);
	});
});

const HOSTILE: [string, RegExp][] = [
	['users', /slash/],
	['https://evil.example/users', /slash/],
	['HTTPS:/evil.example', /slash/],
	['javascript:alert(1)', /slash/],
	['@evil.example/users', /slash/],
	['.evil.example/users', /slash/],
	[':80@evil.example/', /slash/],
	['?a=b', /slash/],
	['../users', /slash/],
	['//evil.example/users', /nothing between two slashes/],
	['///evil.example', /nothing between two slashes/],
	['/users//roles', /nothing between two slashes/],
	['/organizations/users/', /nothing between two slashes, or after the last/],
	['/', /nothing between two slashes/],
	['/\\evil.example', /no path has: "\\" \(U\+005C\) at position 2/],
	['\\\\evil.example\\users', /slash/],
	['/users\\..\\..', /no path has/],
	['/..', /contains "\." or "\.\."/],
	['/.', /contains "\." or "\.\."/],
	['/users/../../admin', /contains "\." or "\.\."/],
	['/users/%2e%2e/admin', /contains "\." or "\.\."/],
	['/users/%2E./admin', /contains "\." or "\.\."/],
	['/users/.%2e', /contains "\." or "\.\."/],
	['/users/..;/admin', /contains "\." or "\.\."/],
	['/users/..%3Ba=b/admin', /contains "\." or "\.\."/],
	['/users/%2e%2e%20/admin', /contains "\." or "\.\."/],
	['/users/\uFF0E\uFF0E/admin', /contains "\." or "\.\."/],
	['/users/\u2025/admin', /contains "\." or "\.\."/],
	['/users/..%2f..%2fadmin', /encoded slash/],
	['/users%2Fadmin', /encoded slash/],
	['/%2f%2fevil.example', /encoded slash/],
	['/users%5c..%5cadmin', /encoded slash/],
	['/users/%252e%252e/admin', /encoded slash, percent sign/],
	['/users/%252fadmin', /encoded slash, percent sign/],
	['/users\uFF0Fadmin', /encoded slash/],
	['/users\uFF3Cadmin', /encoded slash/],
	['/users/\uFF052e\uFF052e', /encoded slash, percent sign/],
	['/users/%c0%ae%c0%ae/admin', /percent sign that encodes no character/],
	['/users/%ff', /percent sign that encodes no character/],
	['/users/%', /percent sign that encodes no character/],
	['/users/%zz', /percent sign that encodes no character/],
	['/users/%u002e', /percent sign that encodes no character/],
	['/users\nHost: evil.example', /no path has: U\+000A/],
	['/users\r\n\r\nGET /admin', /no path has: U\+000D/],
	['/users\u0000/admin', /no path has: U\+0000/],
	['/users\t/admin', /no path has: U\+0009/],
	['/users /admin', /no path has: U\+0020/],
	['/us\u200Bers', /no path has: U\+200B/],
	['/users/\u202Enimda', /no path has: U\+202E/],
	['/users/\u00ADadmin', /no path has: U\+00AD/],
	['/users/%0d%0aHost:%20evil.example', /invisible character/],
	['/users/%00', /invisible character/],
	['/users/%e2%80%8b', /invisible character/],
	['/users?role=admin', /question mark/],
	['/users#/admin', /fragment/],
	['/users/#', /fragment/],
	['/users/undefined', /returned no text/],
	['/users/null/roles', /contains "null"/],
	['/users/NaN', /contains "NaN"/],
	['/users/[object Object]', /returned no text/],
	['/users/{{ $json.id }}', /not evaluated/],
	[`/${'a'.repeat(2_000)}`, /too long/],
];

describe('the path of API Request', () => {
	it.each(HOSTILE)('%j is rejected, and no connection is opened', async (path, pattern) => {
		const server = await startLocalServer(() => ({ body: {} }));
		const credential = account.credential({
			authentication: 'organizationToken',
			organizationToken: 'tot_sandbox',
			baseUrl: `${server.url}/api`,
		});
		const connect = jest.spyOn(Socket.prototype, 'connect');
		const { error } = await account.run(send('={{ $json.path }}'), {
			credential,
			items: [{ path }],
		});
		const connections = connect.mock.calls.length;
		connect.mockRestore();
		await server.close();
		expect(error?.message).toMatch(/^Path /);
		expect(error?.message).toMatch(pattern);
		expect(error?.description).toMatch(/Nothing was sent to TransactionLink for this item\.$/);
		expect([connections, server.requests.length]).toEqual([0, 0]);
	});

	it('opens a counted connection if it is valid', async () => {
		const connect = jest.spyOn(Socket.prototype, 'connect');
		const { requests } = await runWithResponse({ body: {} });
		const connections = connect.mock.calls.length;
		connect.mockRestore();
		expect(connections).toBeGreaterThan(0);
		expect(requests[0]?.path).toBe('/api/things');
	});

	it.each([
		['/users/a@evil.example', '/api/users/a%40evil.example'],
		['/@evil.example', '/api/%40evil.example'],
		['/evil.example:80', '/api/evil.example%3A80'],
		['/...', '/api/...'],
		['/users/..a', '/api/users/..a'],
		['/users/a;b=c', '/api/users/a%3Bb%3Dc'],
		['/100%25', '/api/100%25'],
		['/b\u00E9', '/api/b%C3%A9'],
		['\u200B/users\n', '/api/users'],
		['/a%3fb', '/api/a%3Fb'],
		['/a%23b', '/api/a%23b'],
		['/2026-01-01', '/api/2026-01-01'],
	])('%j stays below the base URL: %s', async (path, expected) => {
		const { requests } = await runWithResponse({ body: {} }, { path });
		expect(requests.map((request) => request.path)).toEqual([expected]);
	});
});

describe('messages of API Request', () => {
	it('contain neither path nor query nor body after a 404', async () => {
		const parameters = withBody('PATCH', '/users/nathan/email', '{"email": "nathan@example.com"}', {
			...query({ name: 'reason', value: 'divorce' }),
		});
		const { message, description } = errorOf(await account.run(parameters));
		expect(message).toBe('TransactionLink has nothing at this path');
		expect(description).toMatch(/^The request to carry out the PATCH request had no effect\./);
		for (const value of ['nathan', 'email', 'divorce', 'example.com'])
			expect(`${message} ${description}`).not.toContain(value);
	});

	it('contain the method after a 500', async () => {
		await account.fault({ operationId: 'createCase', kind: 'status', status: 500 });
		const { message, description } = errorOf(await account.run(withBody('POST', '/cases', '{}')));
		expect(message).toBe('TransactionLink could not carry out the POST request (status 500)');
		expect(description).toMatch(/^The request to carry out the \w+ request may have succeeded/);
	});

	it('reject a body of a GET before any request', async () => {
		const { message } = errorOf(
			await account.run(send('/cases', { method: '={{ "GET" }}', sendBody: true })),
		);
		expect(message).toBe('Send Body is on for a GET');
	});

	it('contain the created IDs of other items when the node stops', async () => {
		const path = `={{ $json.n === 0 ? "/tables/${TABLE}/records" : "/nothing" }}`;
		const { description, context } = errorOf(
			await account.run(withBody('POST', path, '{}', { options: { itemsAtOnce: 1 } }), {
				items: [{ n: 0 }, { n: 1 }],
			}),
		);
		expect(description).toMatch(/Already created for other items.*item 0: id [\w-]{36}\./);
		expect(context['data']).toMatchObject({
			createdForOtherItems: [{ itemIndex: 0, id: expect.any(String) }],
		});
	});
});
