// Each fault of the sandbox occurs as configured, before or after the request takes effect.

import { sandboxUnderTest } from './process.mts';
import { until } from './until.mts';
import type { SandboxUnderTest } from './process.mts';

let sandbox: SandboxUnderTest;

beforeAll(async () => {
	sandbox = await sandboxUnderTest();
});
beforeEach(async () => await sandbox.control.post('/reset'));

const addFault = (fault: Record<string, unknown>) => sandbox.control.post('/faults', fault);
const createCase = () =>
	sandbox.api.post(
		'/cases',
		{ firstName: 'Ada' },
		{ responseType: 'text', transformResponse: (body) => body },
	);
const countCases = async (): Promise<number> => (await sandbox.control.get('/cases')).data.length;
const outcomeOf = async () =>
	await createCase().then(
		({ status, headers, data }) => ({
			status,
			contentType: headers['content-type'],
			data,
			headers,
		}),
		(failure: { code: string }) => ({ failure: failure.code }),
	);

/** Each kind of fault, its settings, and the response if it occurs before or after the effect. */
const KINDS: [string, Record<string, unknown>, object, object?][] = [
	[
		'status',
		{ status: 429, headers: { 'retry-after': '2' } },
		{ status: 429, data: '', headers: { 'retry-after': '2' } },
	],
	[
		'status',
		{ status: 503, body: { busy: true } },
		{ status: 503, contentType: 'application/json', data: '{"busy":true}' },
	],
	['cut', {}, { failure: 'ECONNRESET' }],
	['html', {}, { status: 502, contentType: 'text/html', data: expect.stringMatching(/^<html>/) }],
	[
		'malformed',
		{},
		{ status: 200, contentType: 'application/json', data: '{"id": "7d4e' },
		{
			status: 201,
			contentType: 'application/json',
			data: expect.stringMatching(/^\{"createdDate":.*[^}]$/),
		},
	],
	['empty', {}, { status: 200, data: '' }, { status: 201, data: '' }],
	[
		'redirect',
		{ location: 'http://127.0.0.1:9/' },
		{ status: 302, headers: { location: 'http://127.0.0.1:9/' } },
	],
	[
		'redirect',
		{ status: 307 },
		{ status: 307, headers: { location: expect.stringMatching(/\/redirected$/) } },
	],
	[
		'errorBody',
		{},
		{
			status: 400,
			data: expect.stringMatching(
				/^\{"fingerprint":"[0-9a-f-]{36}","errors":\[\{"code":"injected_fault"/,
			),
		},
	],
	[
		'errorBody',
		{ status: 422, body: { errors: [] } },
		{ status: 422, data: expect.stringMatching(/"errors":\[\]/) },
	],
];

describe.each(KINDS)('%s %j', (kind, details, before, after = before) => {
	test.each([
		['before', 0, before],
		['after', 1, after],
	])('%s: the request takes effect %i times', async (effect, cases, expected) => {
		await addFault({ operationId: 'createCase', kind, effect, ...details });
		const faulty = await outcomeOf();
		expect(faulty).toMatchObject(expected);
		expect(await countCases()).toBe(cases);
		expect(await outcomeOf()).toMatchObject({ status: 201 });
		expect(await countCases()).toBe(cases + 1);
		const [logged] = (await sandbox.control.get('/calls')).data;
		expect(logged).toMatchObject({
			fault: kind,
			status: 'status' in faulty ? faulty.status : null,
		});
	});
});

test.each(['before', 'after'])('a delay %s the effect only delays the response', async (effect) => {
	await addFault({ operationId: 'createCase', kind: 'delay', effect, delayMs: 120 });
	const begin = performance.now();
	const pending = createCase();
	expect((await pending).status).toBe(201);
	expect(performance.now() - begin).toBeGreaterThanOrEqual(110);
	expect(await countCases()).toBe(1);
});

test.each([
	['before', 0],
	['after', 1],
])('during a delay %s the effect, there are %i cases', async (effect, cases) => {
	await addFault({ operationId: 'createCase', kind: 'delay', effect, delayMs: 300 });
	const pending = createCase();
	const pendingRequest = await until('the request to arrive, and to take effect', async () => {
		const [logged] = (await sandbox.control.get('/calls')).data;
		return logged !== undefined && (await countCases()) === cases ? logged : undefined;
	});
	expect(pendingRequest).toMatchObject({ operationId: 'createCase', status: null });
	await pending;
	expect(await countCases()).toBe(1);
});

test('a fault affects the configured number of requests, or every n-th one', async () => {
	await addFault({ operationId: 'createCase', kind: 'status', status: 500, times: 2, every: 3 });
	const statuses: number[] = [];
	for (let count = 0; count < 9; count += 1) statuses.push((await createCase()).status);
	expect(statuses).toEqual([201, 201, 500, 201, 201, 500, 201, 201, 201]);
	expect((await sandbox.control.get('/faults')).data).toEqual([]);
});

test('a fault affects only its own operation, or any with *, and several apply in order', async () => {
	await addFault({ operationId: 'getCase', kind: 'status', status: 500 });
	expect((await createCase()).status).toBe(201);
	await addFault({ operationId: '*', kind: 'status', status: 503 });
	expect((await createCase()).status).toBe(503);
	expect((await sandbox.api.get('/cases/1')).status).toBe(500);
	expect((await sandbox.api.get('/cases/1')).status).toBe(404);
});

test('a fault applies before the credentials are checked, and can be cancelled', async () => {
	await addFault({ operationId: 'authorize', kind: 'html', times: 5 });
	expect((await sandbox.anonymous.post('/auth/authorize', {})).status).toBe(502);
	expect((await sandbox.control.get('/faults')).data).toMatchObject([
		{ kind: 'html', times: 5, applied: 1 },
	]);
	await sandbox.control.delete('/faults');
	expect((await sandbox.anonymous.post('/auth/authorize', {})).status).toBe(400);
});

test.each([
	[{ operationId: 'creatCase', kind: 'cut' }, 'There is no operation creatCase.'],
	[{ operationId: 'createCase', kind: 'explode' }, 'kind must be one of'],
	[{ kind: 'cut' }, 'operationId is missing.'],
	[{ operationId: 'createCase', kind: 'cut', time: 2 }, 'time is not known here.'],
])('rejects the fault %j', async (fault, reason) => {
	const { status, data } = await addFault(fault);
	expect(status).toBe(400);
	expect(data.error).toContain(reason);
	expect((await sandbox.control.get('/faults')).data).toEqual([]);
});
