// The production and the test address both get every webhook, each with its own attempts.

import { sandboxUnderTest } from './process.mts';
import { openReceiver } from './receiver.mts';
import { headerOf } from './signatures.mts';
import { until } from './until.mts';
import type { SandboxUnderTest } from './process.mts';
import type { Receiver } from './receiver.mts';

let sandbox: SandboxUnderTest;
let production: Receiver;
let testReceiver: Receiver;

beforeAll(async () => {
	sandbox = await sandboxUnderTest();
});
beforeEach(async () => {
	[production, testReceiver] = await Promise.all([openReceiver(), openReceiver()]);
	await sandbox.control.post('/reset');
	await sandbox.control.patch('/settings', { webhookRetries: 2, webhookRetryDelayMs: 5 });
});
afterEach(async () => {
	await Promise.all([production.close(), testReceiver.close()]);
});

const complete = async (id: string) => {
	await sandbox.control.post('/runs', { id });
	await sandbox.control.post(`/runs/${id}/status`, { status: 'COMPLETED' });
};
const endedDeliveries = (runId: string, count: number) =>
	until('the deliveries to end', async () => {
		const { data } = await sandbox.control.get('/deliveries', { params: { runId } });
		const all: Record<string, unknown>[] = data;
		return all.length === count && all.every(({ state }) => state !== 'pending') ? all : undefined;
	});

test('delivers the same signed body to both addresses', async () => {
	await sandbox.control.put('/webhook', {
		address: production.address,
		testAddress: testReceiver.address,
	});
	await complete('run-1');
	const [[first], [second]] = await Promise.all([production.arrived(1), testReceiver.arrived(1)]);
	expect(second?.body).toEqual(first?.body);
	expect(await endedDeliveries('run-1', 2)).toMatchObject([
		{ purpose: 'production', address: production.address, state: 'delivered' },
		{ purpose: 'test', address: testReceiver.address, state: 'delivered' },
	]);
});

test('repeats only the rejected delivery, and stores the headers that it sends', async () => {
	await sandbox.control.put('/webhook', {
		address: production.address,
		testAddress: testReceiver.address,
	});
	testReceiver.statuses.push(404, 404, 404);
	await complete('run-2');
	const [inProduction, inTest] = await endedDeliveries('run-2', 2);
	expect(inProduction).toMatchObject({ state: 'delivered', attempts: [{ status: 204 }] });
	expect(inTest).toMatchObject({
		state: 'failed',
		attempts: [{ status: 404 }, { status: 404 }, { status: 404 }],
	});
	expect(inProduction?.['headers']).toEqual({
		'content-type': 'application/json',
		'JWS-SIGNATURE': production.arrivals[0]?.signature,
	});
});

test('each address can be set and removed separately', async () => {
	const set = async (addresses: object) =>
		(await sandbox.control.put('/webhook', addresses)).data as unknown;
	await set({ address: production.address });
	expect(await set({ testAddress: testReceiver.address })).toEqual({
		address: production.address,
		testAddress: testReceiver.address,
	});
	expect(await set({ address: null })).toEqual({
		address: null,
		testAddress: testReceiver.address,
	});
	await complete('run-3');
	expect(await endedDeliveries('run-3', 1)).toMatchObject([
		{ purpose: 'test', state: 'delivered' },
	]);
	expect((await sandbox.control.put('/webhook', { testAddress: 'localhost' })).status).toBe(400);
});

test('an address in both fields gets each webhook once', async () => {
	const { address } = production;
	await sandbox.control.put('/webhook', { address, testAddress: address });
	await complete('run-4');
	expect(await endedDeliveries('run-4', 1)).toMatchObject([{ purpose: 'production' }]);
});

test("signs a repeated delivery with the other account's key on demand", async () => {
	await sandbox.control.put('/webhook', { address: production.address });
	await complete('run-5');
	await production.arrived(1);
	await sandbox.control.post('/runs/run-5/deliver', { account: 'other' });
	const [own, other] = await production.arrived(2);
	const kids = [own, other].map((arrival) => headerOf(arrival?.signature ?? '')['kid']);
	const { served } = (await sandbox.control.get('/keys')).data;
	expect(served).toContain(kids[0]);
	expect(served).not.toContain(kids[1]);
});
