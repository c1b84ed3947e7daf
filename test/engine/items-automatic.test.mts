// The node determines how many items to process at once, without changing order, output or the effect of a stop.

import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { openAccount, type Account } from './account.mts';
import { createBinaryItem, errorOf, startLocalServer } from './harness/index.mts';

let account: Account;
beforeAll(async () => {
	account = await openAccount();
});

const createNamed = {
	resource: 'case',
	operation: 'create',
	additionalFields: { companyName: '={{ $json.name }}' },
};
const companies = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ name: `Company ${index}` }));

/**
 * Starts a server that delays each response and counts its requests.
 *
 * @param limit the number of concurrent requests above which it responds 429
 */
async function timedServer(milliseconds: number, limit = Infinity) {
	const counts = { current: 0, beforeFirstResponse: 0, peak: 0, served: 0, rejected: 0 };
	const server = await startLocalServer(async ({ path, body }) => {
		if (counts.current >= limit) {
			counts.rejected += 1;
			return { status: 429, body: { message: 'Too many requests.' } };
		}
		counts.current += 1;
		counts.peak = Math.max(counts.peak, counts.current);
		if (counts.served === 0) counts.beforeFirstResponse = counts.peak;
		await pause(milliseconds);
		counts.current -= 1;
		counts.served += 1;
		if (path !== '/cases') return { status: 201, body: { resourceId: randomUUID() } };
		const { companyName } = JSON.parse(body.toString('utf8')) as { companyName: string };
		return { status: 201, body: { caseId: randomUUID(), companyName } };
	});
	const newCredential = () =>
		account.credential({
			authentication: 'organizationToken',
			organizationToken: 'tot_sandbox',
			baseUrl: server.url,
		});
	return { counts, credential: newCredential(), newCredential, close: server.close };
}

describe('automatic items at once', () => {
	it('start with sixteen, and increase while TransactionLink does not slow down', async () => {
		const { counts, credential, close } = await timedServer(1_000);
		const items = companies(150);
		const { output } = await account.run(createNamed, { credential, items });
		await close();
		expect(counts.beforeFirstResponse).toBe(16);
		expect(counts.peak).toBeGreaterThanOrEqual(32);
		expect(counts.peak).toBeLessThanOrEqual(200);
		expect(output[0]?.map(({ json }) => json['companyName'])).toEqual(
			items.map(({ name }) => name),
		);
		expect(output[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
			items.map((_, item) => ({ item })),
		);
	});

	it('are not increased for files by operations without files', async () => {
		const { counts, credential, close } = await timedServer(1_000);
		await account.run(createNamed, { credential, items: companies(150) });
		expect(counts.peak).toBeGreaterThanOrEqual(32);
		counts.peak = 0;
		const file = await createBinaryItem('data', {
			content: Buffer.from('1'),
			fileName: '1.txt',
			mimeType: 'text/plain',
		});
		const { output } = await account.run(
			{ resource: 'file', operation: 'upload', binaryPropertyName: 'data' },
			{ credential, items: Array.from({ length: 40 }, () => file) },
		);
		await close();
		expect(output[0]).toHaveLength(40);
		expect(counts.peak).toBe(16);
	});

	it('are determined for each credential separately', async () => {
		const { counts, newCredential, close } = await timedServer(1_000);
		await Promise.all(
			[newCredential(), newCredential()].map(
				async (credential) => await account.run(createNamed, { credential, items: companies(20) }),
			),
		);
		await close();
		expect(counts.beforeFirstResponse).toBe(32);
	});

	it.each([0, '0', ' 0 '])('are also chosen by %j', async (itemsAtOnce) => {
		const { counts, credential, close } = await timedServer(1_000);
		const { output } = await account.run(
			{ ...createNamed, options: { itemsAtOnce } },
			{ credential, items: companies(20) },
		);
		await close();
		expect(counts.beforeFirstResponse).toBe(16);
		expect(output[0]).toHaveLength(20);
	});

	it('are sixteen in total for two executions with the same credential', async () => {
		const { counts, credential, close } = await timedServer(1_000);
		const outcomes = await Promise.all(
			[20, 20].map(
				async (count) => await account.run(createNamed, { credential, items: companies(count) }),
			),
		);
		await close();
		// One execution may hold all slots, and the other one still starts one item.
		expect(counts.beforeFirstResponse).toBeLessThanOrEqual(17);
		expect(outcomes.map(({ output }) => output[0]?.length)).toEqual([20, 20]);
	});

	it('decrease when TransactionLink responds 429, and no item fails', async () => {
		const { counts, credential, close } = await timedServer(200, 20);
		const { output } = await account.run(createNamed, {
			credential,
			items: companies(300),
		});
		await close();
		expect(output[0]?.filter(({ json }) => 'caseId' in json)).toHaveLength(300);
		expect(counts.served).toBe(300);
		expect(counts.rejected).toBeLessThan(30);
	});

	it('do not start further items after one has failed', async () => {
		const { counts, credential, close } = await timedServer(200);
		const items = companies(200).map((company, index) =>
			index === 20 ? { ...company, email: 'none' } : company,
		);
		const error = errorOf(
			await account.run(
				{
					...createNamed,
					additionalFields: { companyName: 'X', email: '={{ $json.email ?? "" }}' },
				},
				{ credential, items },
			),
		);
		await close();
		expect(error.message).toBe('Email is not an e-mail address');
		expect(counts.served).toBeGreaterThanOrEqual(16);
		expect(counts.served).toBeLessThanOrEqual(48);
	});

	it('do not block a cancelled execution while others hold all the slots', async () => {
		const { counts, credential, close } = await timedServer(3_000);
		const busy = account.run(createNamed, { credential, items: companies(16) });
		for (let count = 0; counts.current < 16 && count < 500; count += 1) await pause(10);
		const waiting = account.start(createNamed, { credential, items: companies(3) });
		await pause(100);
		waiting.cancel();
		const first = await Promise.race([
			waiting.finished.then(() => 'cancelled'),
			busy.then(() => 'done'),
		]);
		await busy;
		await close();
		expect(first).toBe('cancelled');
		// The second execution had started its first item.
		expect(counts.peak).toBeLessThanOrEqual(17);
	});

	it('process all items before an invalid one, although they read it earlier', async () => {
		const { counts, credential, close } = await timedServer(500);
		const items = companies(60).map(({ name }, index) => ({ name: index === 40 ? {} : name }));
		const error = errorOf(await account.run(createNamed, { credential, items }));
		await close();
		expect(error.context['itemIndex']).toBe(40);
		expect(counts.served).toBe(40);
	});
});
