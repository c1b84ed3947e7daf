// The sandbox issues, refreshes, revokes and rejects tokens as TransactionLink documents it.

import { DEFINITION_IDS } from '../../../sandbox/definitions.mts';
import { sandboxUnderTest } from './process.mts';
import { until } from './until.mts';
import type { SandboxUnderTest } from './process.mts';

let sandbox: SandboxUnderTest;

beforeAll(async () => {
	sandbox = await sandboxUnderTest();
});
afterEach(async () => await sandbox.control.post('/reset'));

const exchangeKey = (body = { key: 'sandbox-key', secret: 'sandbox-secret' }) =>
	sandbox.anonymous.post('/auth/authorize', body);

/** Creates a case with this `Authorization` header, or without the header. */
const createCase = (authorization?: string) =>
	sandbox.anonymous.post(
		'/cases',
		{},
		{ headers: authorization === undefined ? {} : { Authorization: authorization } },
	);

test('exchanges the key and secret for a token that opens the API', async () => {
	const { status, data } = await exchangeKey();
	expect(status).toBe(200);
	expect(data).toMatchObject({
		expiryDuration: 3_600,
		tokenType: 'Bearer',
		refreshToken: expect.any(String),
	});
	expect((await createCase(`Bearer ${data.accessToken}`)).status).toBe(201);
});

test.each([401, 400])(
	'responds %i to a wrong key or a wrong secret, and reports which one is wrong',
	async (badCredentialsStatus) => {
		await sandbox.control.patch('/settings', { badCredentialsStatus });
		const wrongKey = await exchangeKey({ key: 'other-key', secret: 'sandbox-secret' });
		const wrongSecret = await exchangeKey({ key: 'sandbox-key', secret: 'other-secret' });
		expect([wrongKey.status, wrongSecret.status]).toEqual([
			badCredentialsStatus,
			badCredentialsStatus,
		]);
		expect(wrongKey.data.errors[0].code).toBe('invalid_key');
		expect(wrongSecret.data.errors[0].code).toBe('invalid_secret');
		expect((await sandbox.control.get('/exchanges')).data).toEqual({
			count: 0,
			authorize: 0,
			refresh: 0,
		});
	},
);

test('expires an access token after the lifetime that applied when it was issued', async () => {
	const { accessToken: longLived } = (await exchangeKey()).data;
	await sandbox.control.patch('/settings', { tokenLifetimeSeconds: 0.1 });
	const { accessToken, expiryDuration } = (await exchangeKey()).data;
	expect(expiryDuration).toBe(0.1);
	const rejected = await until('the token to expire', async () => {
		const response = await createCase(`Bearer ${accessToken}`);
		return response.status === 201 ? undefined : response;
	});
	expect(rejected.status).toBe(401);
	expect(rejected.data.errors[0].code).toBe('token_expired');
	expect((await createCase(`Bearer ${longLived}`)).status).toBe(201);
});

test('exchanges a refresh token for a valid token, and counts the exchange', async () => {
	const { refreshToken } = (await exchangeKey()).data;
	const { status, data } = await sandbox.anonymous.post('/auth/refresh', { refreshToken });
	expect(status).toBe(200);
	expect((await createCase(`Bearer ${data.accessToken}`)).status).toBe(201);
	expect((await sandbox.control.get('/exchanges')).data).toEqual({
		count: 2,
		authorize: 1,
		refresh: 1,
	});
	expect((await sandbox.control.get('/tokens')).data).toEqual({
		accessTokens: 2,
		refreshTokens: 2,
	});
	expect((await sandbox.anonymous.post('/auth/refresh', { refreshToken: 'made-up' })).status).toBe(
		401,
	);
});

test('revokes all access tokens on demand, but not refresh tokens', async () => {
	const { accessToken, refreshToken } = (await exchangeKey()).data;
	expect((await sandbox.control.post('/tokens/revoke')).data).toEqual({ revoked: 1 });
	expect((await createCase(`Bearer ${accessToken}`)).status).toBe(401);
	const { data } = await sandbox.anonymous.post('/auth/refresh', { refreshToken });
	expect((await createCase(`Bearer ${data.accessToken}`)).status).toBe(201);
});

test.each([
	['the organization token', 'tot_sandbox', 201],
	['the organization token after "Bearer"', 'Bearer tot_sandbox', 401],
	['another organization token', 'tot_other', 401],
	['a made-up access token', 'Bearer made-up', 401],
	['an API key', 'sandbox-key', 401],
	['no Authorization header', undefined, 401],
])('%s (%s) gets a %i', async (_what, authorization, status) => {
	const response = await createCase(authorization);
	expect(response.status).toBe(status);
	expect((await sandbox.control.get('/cases')).data).toHaveLength(status === 201 ? 1 : 0);
	if (status === 401) {
		expect(response.data).toEqual({
			fingerprint: expect.stringMatching(/^[0-9a-f-]{36}$/),
			errors: [{ code: expect.any(String), message: expect.any(String) }],
		});
	}
});

test('explains the 401 for an organization token after "Bearer"', async () => {
	const { data } = await createCase('Bearer tot_sandbox');
	expect(data.errors[0].message).toContain('without "Bearer"');
});

test('responds 403 and names the permission if a required one is missing, and only then', async () => {
	await sandbox.control.patch('/settings', { missingPermissions: ['can_run'] });
	const body = {
		workflowDefinitionId: DEFINITION_IDS.companyCheck,
		locale: 'en',
		parameters: {},
	};
	const rejected = await sandbox.api.post('/workflows', body);
	expect(rejected.status).toBe(403);
	expect(rejected.data.errors[0].message).toContain('can_run');
	expect((await sandbox.control.get('/runs')).data).toEqual([]);
	expect((await createCase('tot_sandbox')).status).toBe(201);
});

test.each([
	{ missing: ['can_run'], status: 404 },
	{ missing: ['can_view_workspace'], status: 404 },
	{ missing: ['can_read_data'], status: 404 },
	{ missing: ['can_run', 'can_view_workspace'], status: 403 },
])(
	'responds $status to a request for an unknown run without $missing',
	async ({ missing, status }) => {
		await sandbox.control.patch('/settings', { missingPermissions: missing });
		for (const path of ['/workflows/unknown', '/workflows/unknown/result']) {
			const response = await sandbox.api.get(path);
			expect(response.status).toBe(status);
			if (status === 403)
				expect(response.data.errors[0].message).toContain('can_run or can_view_workspace');
		}
	},
);
