// The sandbox rejects each kind of invalid request with TransactionLink's error body.

import { DEFINITION_IDS, SAMPLE_TABLE } from '../../../sandbox/definitions.mts';
import { sandboxUnderTest } from './process.mts';
import type { SandboxUnderTest } from './process.mts';

let sandbox: SandboxUnderTest;

beforeAll(async () => {
	sandbox = await sandboxUnderTest();
});

/** Posts a body unchanged, and returns the status and the error codes. */
async function post(path: string, body: string, contentType: string): Promise<[number, string[]]> {
	const { status, data } = await sandbox.api.post(path, Buffer.from(body), {
		headers: { 'Content-Type': contentType },
	});
	return [status, data.errors.map(({ code }: { code: string }) => code)];
}

test.each([
	['GET', '/case/1'],
	['DELETE', '/link'],
	['PUT', '/cases'],
])('responds 404 to %s %s', async (method, url) => {
	const { status, data } = await sandbox.api.request({ method, url });
	expect(status).toBe(404);
	expect(data.errors).toEqual([{ code: 'not_found', message: `There is no ${method} ${url}.` }]);
});

test.each([
	[
		'a form instead of JSON',
		'/cases',
		'firstName=Ada',
		'application/x-www-form-urlencoded',
		415,
		'unsupported_media_type',
	],
	['plain text', '/cases', '{}', 'text/plain', 415, 'unsupported_media_type'],
	['JSON instead of a form', '/resources', '{}', 'application/json', 415, 'unsupported_media_type'],
	['truncated JSON', '/cases', '{"firstName":', 'application/json', 400, 'malformed_body'],
	['a list', '/cases', '[]', 'application/json', 400, 'invalid_field'],
	['JSON that was encoded twice', '/cases', '"{}"', 'application/json', 400, 'invalid_field'],
	['an empty body', '/cases', '', 'application/json', 400, 'missing_field'],
	[
		'a form without parts',
		`/tables/${SAMPLE_TABLE.id}/records`,
		'-',
		'multipart/form-data',
		415,
		'unsupported_media_type',
	],
	['a broken form', '/resources', '-', 'multipart/form-data', 400, 'malformed_body'],
])('rejects %s', async (_what, path, body, contentType, status, code) => {
	expect(await post(path, body, contentType)).toEqual([status, [code]]);
	expect((await sandbox.control.get('/cases')).data).toEqual([]);
});

test("accepts a JSON body whose media type has a version, as in TransactionLink's documentation", async () => {
	const headers = {
		'Content-Type': 'application/json;version=2',
		Accept: 'application/json;version=2',
	};
	const body = { workflowDefinitionId: DEFINITION_IDS.companyCheck };
	expect((await sandbox.api.post('/workflows/run', body, { headers })).status).toBe(200);
});

test('rejects a path that cannot be decoded', async () => {
	const { status, data } = await sandbox.api.get('/cases/%zz');
	expect([status, data.errors[0].code]).toEqual([400, 'malformed_path']);
});

test("rejects a body that is too large with TransactionLink's error body", async () => {
	const body = `{"firstName":"${'a'.repeat(51 * 1024 * 1024)}"}`;
	expect(await post('/cases', body, 'application/json')).toEqual([413, ['unreadable_body']]);
});

test('reports each violation of a body as an error with a message', async () => {
	const { status, data } = await sandbox.api.post('/cases', {
		firstName: 1,
		phone: { number: 2 },
		surname: 'L',
	});
	expect(status).toBe(400);
	const messages = data.errors.map(({ message }: { message: string }) => message);
	expect(messages.sort()).toEqual([
		'firstName must be a string.',
		'phone.number must be a string.',
		'surname is not known here.',
	]);
});
