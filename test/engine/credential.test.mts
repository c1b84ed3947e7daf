// One sign-in returns a token for all items and executions, and the node renews it once after it is rejected.

import { localHttp } from '../../scripts/local-http.mts';
import { SAMPLE_TABLE } from '../../sandbox/definitions.mts';
import { readCredential, seal } from '../../nodes/shared/authentication/credential.ts';
import { openAccount, type Account } from './account.mts';
import { errorOf, startLocalServer } from './harness/index.mts';

const createCase = {
	resource: 'case',
	operation: 'create',
	additionalFields: { companyName: 'Nordlys AB' },
};
const manyItems = (count: number) => Array.from({ length: count }, (_, index) => ({ index }));

let account: Account;
beforeAll(async () => {
	account = await openAccount();
});
beforeEach(async () => await account.reset());

describe('an API key and secret', () => {
	it('are exchanged for a token automatically, once for 100 items', async () => {
		const { output } = await account.run(createCase, { items: manyItems(100) });
		expect(output[0]).toHaveLength(100);
		expect(await account.exchanges()).toBe(1);
	});

	it('are read and decrypted a few times for hundreds of items, not for each', async () => {
		const credential = account.credential();
		await account.run(createCase, { credential, items: manyItems(300) });
		expect(credential.reads).toBeLessThan(50);
	});

	it('use a token that another process has fetched in the meantime', async () => {
		const credential = account.credential();
		await account.run(createCase, { credential });
		await account.sandbox.control.post('/tokens/revoke');
		const { data } = await localHttp.post<{ accessToken: string }>(
			`${account.sandbox.url}/auth/authorize`,
			{ key: 'sandbox-key', secret: 'sandbox-secret' },
		);
		const exchangesBefore = await account.exchanges();
		const readsBefore = credential.reads;
		const run = account.start(createCase, { credential, items: manyItems(20) });
		while (credential.reads === readsBefore) await new Promise((resolve) => setImmediate(resolve));
		credential.edit({ accessToken: seal(data.accessToken, readCredential(credential.stored())) });
		expect((await run.finished).output[0]).toHaveLength(20);
		expect(await account.exchanges()).toBe(exchangesBefore);
	});

	it('get a token that the next execution uses too', async () => {
		const credential = account.credential();
		await account.run(createCase, { credential });
		await account.run(createCase, { credential });
		expect(await account.exchanges()).toBe(1);
	});

	it('get one new token when the old one was revoked', async () => {
		const credential = account.credential();
		await account.run(createCase, { credential });
		await account.sandbox.control.post('/tokens/revoke');
		const { output } = await account.run(createCase, { credential, items: manyItems(100) });
		expect(output[0]).toHaveLength(100);
		expect(await account.exchanges()).toBe(2);
		expect(
			await account
				.requests('createCase')
				.then((requests) => requests.filter(({ status }) => status === 201)),
		).toHaveLength(101);
	});

	it('get one new token when the old one expires during an execution', async () => {
		let [exchanges, uses, created] = [0, 0, 0];
		const server = await startLocalServer(({ path, headers: { authorization } }) => {
			if (path === '/auth/authorize') {
				exchanges += 1;
				return { body: { accessToken: `token-${exchanges}` } };
			}
			if (authorization === 'Bearer token-1') uses += 1;
			// The first token is valid for a hundred cases.
			const isValid =
				authorization === 'Bearer token-1' ? uses <= 100 : authorization === 'Bearer token-2';
			if (!isValid)
				return {
					status: 401,
					body: {
						fingerprint: 'f',
						errors: [{ code: 'token_expired', message: 'The access token has expired.' }],
					},
				};
			created += 1;
			return { status: 201, body: { caseId: `case-${created}` } };
		});
		const { output, status } = await account.run(createCase, {
			credential: account.credential({ baseUrl: server.url }),
			items: manyItems(200),
		});
		await server.close();
		expect(status).toBe('success');
		expect(output[0]).toHaveLength(200);
		expect([created, exchanges]).toEqual([200, 2]);
		expect(uses).toBeGreaterThan(100);
	});

	it.each([
		['apiSecret', 'wrong', /secret/i],
		['apiKey', 'wrong', /key/i],
	])('are reported as wrong, with the code of the API (%s)', async (field, value, pattern) => {
		const outcome = await account.run(createCase, {
			credential: account.credential({ [field]: value }),
		});
		const { message, description } = errorOf(outcome);
		expect(message).toMatch(/^TransactionLink did not accept this API key and secret \(invalid_/);
		expect(description).toMatch(pattern);
		expect(description).toContain('Fingerprint');
		expect(await account.requests('createCase')).toHaveLength(0);
	});

	it('are not exchanged again for each item when they are wrong', async () => {
		const credential = account.credential({ apiSecret: 'wrong' });
		const { output } = await account.run(createCase, {
			credential,
			items: manyItems(50),
			onError: 'continueRegularOutput',
		});
		expect(output[0]).toHaveLength(50);
		expect(output[0]?.every(({ json }) => String(json['error']).includes('did not accept'))).toBe(
			true,
		);
		expect(await account.exchanges()).toBe(1);
	});

	it.each([400, 401])('are reported as wrong after a %d too', async (badCredentialsStatus) => {
		await account.set({ badCredentialsStatus });
		const outcome = await account.run(createCase, {
			credential: account.credential({ apiSecret: 'wrong' }),
		});
		expect(errorOf(outcome).message).toContain('did not accept this API key and secret');
	});

	it('are not sent to another address when the exchange is redirected', async () => {
		const otherServer = await startLocalServer(() => ({
			status: 200,
			body: '{"accessToken":"stolen"}',
		}));
		await account.fault({
			operationId: 'authorize',
			kind: 'redirect',
			status: 307,
			location: `${otherServer.url}/auth/authorize`,
			times: 9,
		});
		const { message } = errorOf(await account.run(createCase));
		await otherServer.close();
		expect(message).toContain('returned no access token (status 307)');
		expect(otherServer.requests).toHaveLength(0);
	});

	it('never appear in messages or output', async () => {
		const outcome = await account.run(createCase, {
			credential: account.credential({ apiSecret: 'wrong-and-secret' }),
		});
		expect(JSON.stringify(errorOf(outcome).json)).not.toContain('wrong-and-secret');
	});
});

describe('a credential that was changed', () => {
	it('does not use the token of the old secret', async () => {
		const credential = account.credential();
		await account.run(createCase, { credential });
		credential.edit({ apiSecret: 'wrong' });
		const outcome = await account.run(createCase, { credential });
		expect(errorOf(outcome).message).toContain('did not accept');
		expect(
			await account
				.requests('createCase')
				.then((requests) => requests.filter(({ status }) => status === 201)),
		).toHaveLength(1);
	});

	it('never sends the old token to a new base URL', async () => {
		const credential = account.credential();
		await account.run(createCase, { credential });
		const token = JSON.stringify(credential.stored())
			.match(/"accessToken":"([^"]+)"/)?.[1]
			?.split('.')
			.slice(1)
			.join('.');
		expect(token?.length).toBeGreaterThan(5);
		const otherServer = await startLocalServer(() => ({ status: 401, body: '{}' }));
		credential.edit({ baseUrl: otherServer.url });
		await account.run(createCase, { credential });
		await otherServer.close();
		expect(otherServer.requests.length).toBeGreaterThan(0);
		expect(JSON.stringify(otherServer.requests)).not.toContain(token);
	});
});

describe('an organization token', () => {
	const data = { authentication: 'organizationToken', organizationToken: 'tot_sandbox' };

	it('is sent unchanged, without an exchange', async () => {
		const { status } = await account.run(createCase, { credential: account.credential(data) });
		expect(status).toBe('success');
		expect(await account.exchanges()).toBe(0);
	});

	it('is reported as wrong', async () => {
		const credential = account.credential({ ...data, organizationToken: 'tot_wrong' });
		const { message, httpCode } = errorOf(await account.run(createCase, { credential }));
		expect(message).toContain('did not accept the credential');
		expect(httpCode).toBe('401');
	});

	const POSSIBLE_REASON = 'One possible reason: TransactionLink may not accept organization tokens';
	const createRecord = {
		resource: 'record',
		operation: 'create',
		tableId: SAMPLE_TABLE.id,
		specifyColumns: 'json',
		columnsJson: '{}',
	};

	it.each([
		['a path of v1 and v2', 401, createCase, 'createCase', true],
		['a path of v1 and v2', 403, createCase, 'createCase', true],
		['a path of v3', 403, createRecord, 'createRecord', false],
	])(
		'rejected on %s (%d) is named as a possible reason, on paths of v1 and v2 only',
		async (_, status, parameters, operationId, isPossibleReason) => {
			await account.fault({ operationId, kind: 'status', status, times: 9 });
			const withToken = await account.run(parameters, { credential: account.credential(data) });
			const { message, description } = errorOf(withToken);
			expect(message).not.toContain('organization token');
			expect(description?.includes(POSSIBLE_REASON)).toBe(isPossibleReason);
			const withKey = await account.run(parameters);
			expect(errorOf(withKey).description).not.toContain(POSSIBLE_REASON);
		},
	);
});

describe('a base URL', () => {
	it.each([
		['apiKey', 'http://api.example.com'],
		['organizationToken', 'http://api.example.com'],
		['apiKey', 'ftp://127.0.0.1'],
		['organizationToken', 'not an address'],
		['apiKey', 'https://user:password@api.example.com'],
		['apiKey', 'http://127.0.0.1.example.com'],
	])('is rejected if it is unsafe for a secret (%s, %s)', async (authentication, baseUrl) => {
		const credential = account.credential({
			authentication,
			organizationToken: 'tot_sandbox',
			baseUrl,
		});
		const { message } = errorOf(await account.run(createCase, { credential }));
		expect(message).toMatch(/^The Base URL of the TransactionLink credential /);
	});

	it('can end with a slash', async () => {
		const credential = account.credential({ baseUrl: `${account.sandbox.url}/` });
		expect((await account.run(createCase, { credential })).status).toBe('success');
	});

	it('that redirects is not followed, and the other address gets no credential', async () => {
		const otherServer = await startLocalServer(() => ({
			status: 200,
			body: '{"caseId":"stolen"}',
		}));
		await account.fault({
			operationId: 'createCase',
			kind: 'redirect',
			location: `${otherServer.url}/cases`,
		});
		const { message } = errorOf(await account.run(createCase));
		await otherServer.close();
		expect(message).toContain('pointed to another address');
		expect(otherServer.requests).toHaveLength(0);
	});
});
