// One exchange of the key returns a token for all items and executions, which is renewed once after its rejection.

import axios from 'axios';
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

	it('use the token that another process has fetched meanwhile', async () => {
		const credential = account.credential();
		await account.run(createCase, { credential });
		await account.sandbox.control.post('/tokens/revoke');
		const { data } = await axios.post<{ accessToken: string }>(
			`${account.sandbox.url}/auth/authorize`,
			{ key: 'sandbox-key', secret: 'sandbox-secret' },
		);
		const asked = await account.exchanges();
		const before = credential.reads;
		const run = account.start(createCase, { credential, items: manyItems(20) });
		while (credential.reads === before) await new Promise((resolve) => setImmediate(resolve));
		credential.edit({ accessToken: seal(data.accessToken, readCredential(credential.stored())) });
		expect((await run.finished).output[0]).toHaveLength(20);
		expect(await account.exchanges()).toBe(asked);
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
				.calls('createCase')
				.then((calls) => calls.filter(({ status }) => status === 201)),
		).toHaveLength(101);
	});

	it('get one new token when the old one expires during an execution', async () => {
		let [exchanges, uses, made] = [0, 0, 0];
		const server = await startLocalServer(({ path, headers: { authorization } }) => {
			if (path === '/auth/authorize') {
				exchanges += 1;
				return { body: { accessToken: `token-${exchanges}` } };
			}
			if (authorization === 'Bearer token-1') uses += 1;
			// The first one is good for a hundred cases.
			const isGood =
				authorization === 'Bearer token-1' ? uses <= 100 : authorization === 'Bearer token-2';
			if (!isGood)
				return {
					status: 401,
					body: {
						fingerprint: 'f',
						errors: [{ code: 'token_expired', message: 'The access token has expired.' }],
					},
				};
			made += 1;
			return { status: 201, body: { caseId: `case-${made}` } };
		});
		const { output, status } = await account.run(createCase, {
			credential: account.credential({ baseUrl: server.url }),
			items: manyItems(200),
		});
		await server.close();
		expect(status).toBe('success');
		expect(output[0]).toHaveLength(200);
		expect([made, exchanges]).toEqual([200, 2]);
		expect(uses).toBeGreaterThan(100);
	});

	it.each([
		['apiSecret', 'wrong', /secret/i],
		['apiKey', 'wrong', /key/i],
	])('are reported as wrong, with the code of the API (%s)', async (field, value, words) => {
		const outcome = await account.run(createCase, {
			credential: account.credential({ [field]: value }),
		});
		const { message, description } = errorOf(outcome);
		expect(message).toMatch(/^TransactionLink did not accept this API key and secret \(invalid_/);
		expect(description).toMatch(words);
		expect(description).toContain('Fingerprint');
		expect(await account.calls('createCase')).toHaveLength(0);
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
		const elsewhere = await startLocalServer(() => ({
			status: 200,
			body: '{"accessToken":"stolen"}',
		}));
		await account.fault({
			operationId: 'authorize',
			kind: 'redirect',
			status: 307,
			location: `${elsewhere.url}/auth/authorize`,
			times: 9,
		});
		const { message } = errorOf(await account.run(createCase));
		await elsewhere.close();
		expect(message).toContain('gave no access token (status 307)');
		expect(elsewhere.requests).toHaveLength(0);
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
				.calls('createCase')
				.then((calls) => calls.filter(({ status }) => status === 201)),
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
		const elsewhere = await startLocalServer(() => ({ status: 401, body: '{}' }));
		credential.edit({ baseUrl: elsewhere.url });
		await account.run(createCase, { credential });
		await elsewhere.close();
		expect(elsewhere.requests.length).toBeGreaterThan(0);
		expect(JSON.stringify(elsewhere.requests)).not.toContain(token);
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

	const MAY_BE = 'One possible reason: TransactionLink may not accept organization tokens';
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
		async (_, status, parameters, operationId, mayBe) => {
			await account.fault({ operationId, kind: 'status', status, times: 9 });
			const withToken = await account.run(parameters, { credential: account.credential(data) });
			const { message, description } = errorOf(withToken);
			expect(message).not.toContain('organization token');
			expect(description?.includes(MAY_BE)).toBe(mayBe);
			const withKey = await account.run(parameters);
			expect(errorOf(withKey).description).not.toContain(MAY_BE);
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
	])('is rejected if it must not get a secret (%s, %s)', async (authentication, baseUrl) => {
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

	it('that redirects is not followed, and the credential is not sent on', async () => {
		const elsewhere = await startLocalServer(() => ({ status: 200, body: '{"caseId":"stolen"}' }));
		await account.fault({
			operationId: 'createCase',
			kind: 'redirect',
			location: `${elsewhere.url}/cases`,
		});
		const { message } = errorOf(await account.run(createCase));
		await elsewhere.close();
		expect(message).toContain('pointed to another address');
		expect(elsewhere.requests).toHaveLength(0);
	});
});
