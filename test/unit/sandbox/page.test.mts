// The sandbox's page shows its state, escapes it, and its forms work.

import { DEFINITION_IDS } from '../../../sandbox/definitions.mts';
import { sandboxUnderTest } from './process.mts';
import type { SandboxUnderTest } from './process.mts';

let sandbox: SandboxUnderTest;

beforeAll(async () => {
	sandbox = await sandboxUnderTest();
});
beforeEach(async () => await sandbox.control.post('/reset'));

const show = async (path = '/'): Promise<string> => (await sandbox.stranger.get(path)).data;
const submit = (form: string, fields: Record<string, string>) =>
	sandbox.stranger.post(`/_sandbox/forms/${form}`, new URLSearchParams(fields));
const look = async (path: string) => (await sandbox.control.get(path)).data;

test('shows what to use, renews itself, and can be made to stand still', async () => {
	const page = await show();
	for (const text of [
		'sandbox-key',
		'sandbox-secret',
		'tot_sandbox',
		DEFINITION_IDS.hostedOnboarding,
		sandbox.url,
	]) {
		expect(page).toContain(text);
	}
	expect(page).toContain('http-equiv="refresh"');
	expect(await show('/?renew=no')).not.toContain('http-equiv="refresh"');
});

test('escapes what comes from outside', async () => {
	await sandbox.api.get('/<script>alert(1)</script>');
	await sandbox.control.put('/webhook', {
		address: 'http://127.0.0.1:9/"><script>alert(2)</script>',
	});
	const page = await show();
	expect(page).not.toContain('<script>');
	expect(page).toContain(
		'value="http://127.0.0.1:9/&quot;&gt;&lt;script&gt;alert(2)&lt;/script&gt;"',
	);
});

test('its forms set the address, rotate the key, order faults, and lead back to it', async () => {
	const { current } = await look('/keys');
	const set = await submit('webhook', { address: 'http://127.0.0.1:9/hook' });
	expect([set.status, set.headers['location']]).toEqual([303, '/']);
	expect(await look('/settings')).toMatchObject({ webhookAddress: 'http://127.0.0.1:9/hook' });
	await submit('webhook', { address: '' });
	expect(await look('/settings')).toMatchObject({ webhookAddress: null });
	await submit('rotate', {});
	expect((await look('/keys')).current).not.toBe(current);
	await submit('faults', { operationId: 'createCase', kind: 'cut', effect: 'after', times: '2' });
	expect(await look('/faults')).toMatchObject([
		{ operationId: 'createCase', kind: 'cut', effect: 'after', times: 2 },
	]);
	await submit('faults/clear', {});
	expect(await look('/faults')).toEqual([]);
});

test('its forms move a run and send its webhook again', async () => {
	const body = {
		workflowDefinitionId: DEFINITION_IDS.slowCheck,
		locale: 'en',
		parameters: {},
	};
	const { id } = (await sandbox.api.post('/workflows', body)).data;
	expect(await show()).toContain(id);
	await submit(`runs/${id}/status`, { status: 'COMPLETED' });
	expect(await look('/runs')).toMatchObject([{ id, status: 'COMPLETED' }]);
	expect(await submit(`runs/${id}/deliver`, {})).toMatchObject({
		status: 400,
		data: expect.stringContaining('No webhook address is set.'),
	});
	expect((await submit('runs/no-run/status', { status: 'COMPLETED' })).status).toBe(400);
});

test('tells a person what was wrong with a form', async () => {
	const { status, data } = await submit('webhook', { address: 'localhost' });
	expect(status).toBe(400);
	expect(data).toContain('That did not work');
});
