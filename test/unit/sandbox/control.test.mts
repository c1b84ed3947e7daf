// The sandbox's control interface logs requests without secrets, resets everything, and rejects other sites.

import { sandboxUnderTest } from './process.mts';
import { until } from './until.mts';
import type { SandboxUnderTest } from './process.mts';

let sandbox: SandboxUnderTest;

beforeAll(async () => {
	sandbox = await sandboxUnderTest();
});
beforeEach(async () => await sandbox.control.post('/reset'));

test('logs each request and its response without secrets', async () => {
	await sandbox.anonymous.post('/auth/authorize', { key: 'sandbox-key', secret: 'sandbox-secret' });
	await sandbox.api.get('/cases/1?x=1');
	await sandbox.anonymous.get('/nothing', { headers: { Authorization: 'Bearer abc-secret' } });
	const { data: requests } = await sandbox.control.get('/calls');
	expect(requests).toMatchObject([
		{
			number: 1,
			method: 'POST',
			path: '/auth/authorize',
			operationId: 'authorize',
			status: 200,
			authorization: 'none',
			body: { key: 'sandbox-key' },
		},
		{
			number: 2,
			method: 'GET',
			path: '/cases/1?x=1',
			operationId: 'getCase',
			apiVersion: 'v1',
			status: 400,
			authorization: 'organizationToken',
		},
		{ number: 3, operationId: null, apiVersion: null, status: 404, authorization: 'bearer' },
	]);
	const written = JSON.stringify(requests);
	for (const secret of ['sandbox-secret', 'tot_sandbox', 'abc-secret'])
		expect(written).not.toContain(secret);
});

test('logs the fields of a form', async () => {
	const form = new FormData();
	form.append('file', new Blob(['abc'], { type: 'text/plain' }), 'a.txt');
	await sandbox.api.post('/resources', form);
	const [logged] = (await sandbox.control.get('/calls')).data;
	expect(logged.body).toEqual({ file: { file: 'a.txt', type: 'text/plain', size: 3 } });
	expect((await sandbox.control.get('/files')).data).toMatchObject([
		{ resourceName: 'a.txt', size: 3 },
	]);
});

test('reset restores the initial state', async () => {
	await sandbox.control.patch('/settings', { earlyResult: 409, delayMs: 1 });
	await sandbox.control.post('/faults', { operationId: 'getCase', kind: 'cut' });
	await sandbox.api.post('/cases', {});
	await sandbox.anonymous.post('/auth/authorize', { key: 'sandbox-key', secret: 'sandbox-secret' });
	await sandbox.control.post('/reset');
	const read = async (path: string) => (await sandbox.control.get(path)).data;
	expect(await read('/settings')).toMatchObject({
		earlyResult: 404,
		delayMs: 0,
		webhookAddress: null,
	});
	for (const path of ['/faults', '/cases', '/calls', '/runs', '/deliveries'])
		expect(await read(path)).toEqual([]);
	expect(await read('/exchanges')).toEqual({ count: 0, authorize: 0, refresh: 0 });
	expect(await read('/tokens')).toEqual({ accessTokens: 0, refreshTokens: 0 });
});

test.each([
	[{ earlyResult: 500 }, 'earlyResult must be one of 404, 409, "empty".'],
	[{ dalayMs: 5 }, 'dalayMs is not known here.'],
	[{ delayMs: '5' }, 'delayMs must be an integer.'],
	[{ webhookAddress: 'localhost' }, 'webhookAddress must match pattern "^https?://[^/]".'],
])('rejects the settings %j and changes nothing', async (change, error) => {
	const { data: before } = await sandbox.control.get('/settings');
	expect(
		await sandbox.control.patch('/settings', { tokenLifetimeSeconds: 5, ...change }),
	).toMatchObject({ status: 400, data: { error } });
	expect((await sandbox.control.get('/settings')).data).toEqual(before);
});

test('the delay applies to the API, not to the control interface', async () => {
	await sandbox.control.patch('/settings', { delayMs: 150 });
	const begin = performance.now();
	await sandbox.api.post('/cases', {});
	expect(performance.now() - begin).toBeGreaterThanOrEqual(140);

	await sandbox.control.patch('/settings', { delayMs: 600_000 });
	const client = new AbortController();
	const held = sandbox.api.post('/cases', {}, { signal: client.signal }).then(
		() => 'responded',
		() => 'held back',
	);
	await until('the request to arrive', async () =>
		(await sandbox.control.get('/calls')).data.length === 2 ? true : undefined,
	);
	expect((await sandbox.control.get('/cases')).data).toHaveLength(1);
	client.abort();
	expect(await held).toBe('held back');
});

test('responds to unknown paths and invalid bodies with JSON', async () => {
	expect(await sandbox.control.get('/nothing')).toMatchObject({
		status: 404,
		data: { error: expect.any(String) },
	});
	const broken = await sandbox.control.post('/faults', Buffer.from('{'), {
		headers: { 'Content-Type': 'application/json' },
	});
	expect(broken).toMatchObject({ status: 400, data: { error: expect.any(String) } });
});
