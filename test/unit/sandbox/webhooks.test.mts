// The sandbox signs its webhooks and repeats them as TransactionLink does.

import { createPublicKey } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { DEFINITION_IDS } from '../../../sandbox/definitions.mts';
import { sandboxUnderTest } from './process.mts';
import { openReceiver } from './receiver.mts';
import { headerOf, isGenuine } from './signatures.mts';
import { until } from './until.mts';
import type { SandboxUnderTest } from './process.mts';
import type { Arrival, Receiver } from './receiver.mts';

const { companyCheck, identityCheck, failingCheck, slowCheck } = DEFINITION_IDS;

let sandbox: SandboxUnderTest;
let receiver: Receiver;

beforeAll(async () => {
	sandbox = await sandboxUnderTest();
});
beforeEach(async () => {
	receiver = await openReceiver();
	await sandbox.control.post('/reset');
	await sandbox.control.patch('/settings', { pace: 0.02, webhookRetryDelayMs: 60 });
	await sandbox.control.put('/webhook', { address: receiver.address });
});
afterEach(async () => await receiver.close());

async function run(workflowDefinitionId: string): Promise<{ id: string; caseId: string }> {
	const { caseId } = (await sandbox.api.post('/cases', {})).data;
	return (await sandbox.api.post('/workflows/run', { caseId, workflowDefinitionId })).data;
}

const bodyOf = ({ body }: Arrival) => JSON.parse(body.toString());
const endedDelivery = (runId: string) =>
	until('the delivery to end', async () => {
		const [delivery] = (await sandbox.control.get(`/deliveries?runId=${runId}`)).data;
		return delivery === undefined || delivery.state === 'pending' ? undefined : delivery;
	});

test('reports a completed run, with a signature that node:crypto verifies', async () => {
	const { id, caseId } = await run(companyCheck);
	const [arrival] = await receiver.arrived(1);
	if (arrival === undefined) throw new Error('Nothing arrived');
	expect(bodyOf(arrival)).toEqual({
		event: 'workflow.completed',
		workflowId: id,
		caseId,
		status: 'COMPLETED',
		workflowReference: 'company-check',
		workflowDefinitionId: companyCheck,
	});
	expect(arrival.contentType).toBe('application/json');
	expect(headerOf(arrival.signature)).toEqual({
		alg: 'RS256',
		kid: expect.stringMatching(/^[0-9a-f-]{36}$/),
		typ: 'JWT',
	});
	expect(await isGenuine(sandbox, arrival.signature, arrival.body)).toBe(true);
	expect(
		await isGenuine(sandbox, arrival.signature, Buffer.from(`${arrival.body.toString()} `)),
	).toBe(false);
	expect(await endedDelivery(id)).toMatchObject({
		state: 'delivered',
		attempts: [{ status: 204, error: null }],
	});
});

test('signs the raw body if that is configured (RFC 7797)', async () => {
	await sandbox.control.patch('/settings', { unencodedPayload: true });
	await run(companyCheck);
	const [arrival] = await receiver.arrived(1);
	expect(headerOf(arrival?.signature ?? '')).toMatchObject({
		alg: 'RS256',
		b64: false,
		crit: ['b64'],
	});
	expect(await isGenuine(sandbox, arrival?.signature ?? '', arrival?.body ?? Buffer.alloc(0))).toBe(
		true,
	);
});

test('also reports awaiting and failed runs, but not the start', async () => {
	await run(identityCheck);
	await receiver.arrived(2);
	await run(failingCheck);
	const arrivals = await receiver.arrived(3);
	expect(arrivals.map((arrival) => [bodyOf(arrival).event, bodyOf(arrival).status])).toEqual([
		['workflow.awaiting', 'AWAITING'],
		['workflow.completed', 'COMPLETED'],
		['workflow.statusChanged', 'FAILED'],
	]);
});

test('sends other shapes of the body', async () => {
	const { id, caseId } = await run(slowCheck);
	await sandbox.control.patch('/settings', { webhookShape: 'nested' });
	await sandbox.control.post(`/runs/${id}/status`, { status: 'ON_HOLD' });
	await sandbox.control.patch('/settings', { webhookShape: 'bare' });
	await receiver.arrived(1);
	await sandbox.control.post(`/runs/${id}/deliver`);
	const [nested, bare] = (await receiver.arrived(2)).map(bodyOf);
	const data = { id, status: 'ON_HOLD', caseId, definitionId: slowCheck, name: 'slow-check' };
	expect(nested).toEqual({ type: 'workflow.statusChanged', data });
	expect(bare).toEqual({ executionId: id, referenceName: 'slow-check' });
});

test('repeats a delivery after the pause until it gets a 2xx', async () => {
	receiver.statuses.push(500, 302);
	const { id } = await run(companyCheck);
	const [first, second, third] = await receiver.arrived(3);
	expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(50);
	expect(third?.body).toEqual(first?.body);
	const delivery = await endedDelivery(id);
	expect(delivery.state).toBe('delivered');
	expect(delivery.attempts.map(({ status }: { status: number }) => status)).toEqual([
		500, 302, 204,
	]);
});

test('stops after the configured retries, and counts a missing response as a failed attempt', async () => {
	await sandbox.control.patch('/settings', {
		webhookRetries: 2,
		webhookRetryDelayMs: 1,
		webhookTimeoutMs: 1_000,
	});
	receiver.statuses.push(null, 500, 500, 500);
	const { id } = await run(companyCheck);
	const { state, attempts } = await endedDelivery(id);
	expect(state).toBe('failed');
	expect(attempts).toMatchObject([
		{ status: null, error: 'no response within 1000 ms' },
		{ status: 500 },
		{ status: 500 },
	]);
	expect(attempts[0].durationMs).toBeGreaterThanOrEqual(900);
	expect(receiver.arrivals).toHaveLength(3);
});

test('keeps the beginning of each response body', async () => {
	receiver.statuses.push(
		{ status: 500, body: 'ä'.repeat(50_000) },
		{ status: 200, body: '{"ok":true}' },
	);
	const { id } = await run(companyCheck);
	const { attempts } = await endedDelivery(id);
	expect(attempts).toMatchObject([
		{ status: 500, body: 'ä'.repeat(2_000), isCut: true },
		{ status: 200, body: '{"ok":true}', isCut: false },
	]);
});

test('counts a body that does not end within the timeout as a failed attempt', async () => {
	const endless = createServer((_request, response) => response.write('{"slow":'));
	endless.listen(0, '127.0.0.1');
	await once(endless, 'listening');
	const address = endless.address();
	if (address === null || typeof address === 'string') throw new Error('There is no port');
	await sandbox.control.patch('/settings', {
		...{ webhookRetries: 0, webhookTimeoutMs: 300 },
		webhookAddress: `http://127.0.0.1:${address.port}/`,
	});
	const { id } = await run(companyCheck);
	expect((await endedDelivery(id)).attempts).toMatchObject([
		{ status: null, body: null, error: 'no response within 300 ms' },
	]);
	endless.closeAllConnections();
	endless.close();
});

test('repeats a delivery five times by default', async () => {
	await sandbox.control.patch('/settings', { webhookRetryDelayMs: 1 });
	receiver.statuses.push(...Array<number>(20).fill(503));
	const { id } = await run(companyCheck);
	expect((await endedDelivery(id)).attempts).toHaveLength(6);
});

test('sends a webhook again on demand, but not without an address', async () => {
	const { id } = await run(companyCheck);
	await receiver.arrived(1);
	expect((await sandbox.control.post(`/runs/${id}/deliver`)).data).toMatchObject({
		runId: id,
		state: 'pending',
	});
	const [first, second] = await receiver.arrived(2);
	expect(second?.body).toEqual(first?.body);
	await sandbox.control.put('/webhook', { address: null });
	expect((await sandbox.control.post(`/runs/${id}/deliver`)).status).toBe(409);
	expect((await sandbox.control.post('/runs/no-run/deliver')).status).toBe(404);
});

test('keeps the old key available after a rotation, until it is retired', async () => {
	await run(companyCheck);
	const [before] = await receiver.arrived(1);
	const { kid } = (await sandbox.control.post('/keys/rotate')).data;
	await run(companyCheck);
	const after = (await receiver.arrived(2))[1];
	if (before === undefined || after === undefined) throw new Error('A webhook is missing');
	expect(headerOf(after.signature)['kid']).toBe(kid);
	expect(headerOf(before.signature)['kid']).not.toBe(kid);
	expect(await isGenuine(sandbox, before.signature, before.body)).toBe(true);
	expect(await isGenuine(sandbox, after.signature, after.body)).toBe(true);
	await sandbox.control.post('/keys/rotate', { retireOld: true });
	expect(await isGenuine(sandbox, after.signature, after.body)).toBe(false);
});

test('returns the same key as PEM and as plain base64', async () => {
	const { current } = (await sandbox.control.get('/keys')).data;
	const [pem, bare] = await Promise.all(
		[true, false].map(
			async (asPem) =>
				(await sandbox.anonymous.get(`/auth/webhooks/key/${current}?pem=${asPem}`)).data,
		),
	);
	const der = createPublicKey(pem).export({ format: 'der', type: 'spki' });
	expect(Buffer.from(bare, 'base64')).toEqual(der);
});

test('signs any text with a valid signature, for tests of attacks', async () => {
	const { signature, kid } = (await sandbox.control.post('/sign', { body: 'zażółć' })).data;
	expect(headerOf(signature)['kid']).toBe(kid);
	expect(await isGenuine(sandbox, signature, Buffer.from('zażółć'))).toBe(true);
	expect((await sandbox.control.post('/sign', {})).status).toBe(400);
});
