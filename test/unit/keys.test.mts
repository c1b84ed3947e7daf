// Keys for signatures are cached for an hour, kept while none can be fetched, and removed once revoked.

import { generateKeyPairSync } from 'node:crypto';
import { findKey, type KeySource } from '../../nodes/TransactionLinkTrigger/keys.ts';

const pem = generateKeyPairSync('rsa', { modulusLength: 2048 })
	.publicKey.export({ type: 'spki', format: 'pem' })
	.toString();
const HOUR = 3_600_000;

let now = 1_000;
beforeAll(() => {
	jest.spyOn(performance, 'now').mockImplementation(() => now);
});
afterAll(() => {
	jest.restoreAllMocks();
});

let servers = 0;
/** A TransactionLink with its own address, whose response the test sets. */
function keyServer() {
	const state: { status: number; requests: number; page?: string } = { status: 200, requests: 0 };
	const account = { id: 'account', baseUrl: `https://${(servers += 1)}.example.com` };
	const source: KeySource = {
		send: async () => {
			state.requests += 1;
			const errorBody = { errors: [{ code: 'key_not_found', message: '' }] };
			const body = state.status === 200 ? pem : (state.page ?? errorBody);
			return await Promise.resolve({ status: state.status, headers: {}, body });
		},
	};
	return { state, find: async (keyId = 'a') => await findKey(account, source, keyId) };
}

const isKey = expect.objectContaining({ key: expect.anything() });

describe('a key', () => {
	it('is requested once an hour', async () => {
		const { state, find } = keyServer();
		expect([await find(), await find()]).toEqual([isKey, isKey]);
		expect(state.requests).toBe(1);
		now += HOUR + 1;
		expect(await find()).toEqual(isKey);
		expect(state.requests).toBe(2);
	});

	it('stays valid for a day while no key can be fetched', async () => {
		const { state, find } = keyServer();
		await find();
		state.status = 500;
		now += 23 * HOUR;
		expect(await find()).toEqual(isKey);
		now += 2 * HOUR;
		expect(await find()).toEqual({ missing: 'unavailable', reason: 'status 500' });
	});

	it('is no longer used once TransactionLink revokes it', async () => {
		const { state, find } = keyServer();
		await find();
		state.status = 404;
		now += HOUR + 1;
		expect(await find()).toEqual({ missing: 'unknown' });
		state.status = 500;
		now += 11_000;
		expect(await find()).toEqual({ missing: 'unavailable', reason: 'status 500' });
	});

	it('stays valid when a proxy responds with its own page', async () => {
		const { state, find } = keyServer();
		await find();
		state.status = 404;
		state.page = '<html>404 page not found</html>';
		now += HOUR + 1;
		expect(await find()).toEqual(isKey);
		expect(await find('b')).toEqual({ missing: 'unavailable', reason: 'status 404' });
	});

	it('is requested again even after many requests for made-up key IDs', async () => {
		const { state, find } = keyServer();
		await find('genuine');
		now += HOUR + 1;
		state.status = 404;
		for (let count = 0; count < 50; count += 1) await find(`made up ${count}`);
		expect(state.requests).toBeLessThan(20);
		state.status = 200;
		expect(await find('genuine')).toEqual(isKey);
	});
});
