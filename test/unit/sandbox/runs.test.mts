// Runs of the sandbox follow their definitions, the pace and the controls.

import { DEFINITION_IDS, SAMPLE_TABLE } from '../../../sandbox/definitions.mts';
import { sandboxUnderTest } from './process.mts';
import { until } from './until.mts';
import type { SandboxUnderTest } from './process.mts';

const { companyCheck, identityCheck, failingCheck, slowCheck, creditCheck, hostedOnboarding } =
	DEFINITION_IDS;
const records = `/tables/${SAMPLE_TABLE.id}/records`;
const v2 = { headers: { Accept: 'application/json;version=2' } };

let sandbox: SandboxUnderTest;

beforeAll(async () => {
	sandbox = await sandboxUnderTest();
});
beforeEach(async () => {
	await sandbox.control.post('/reset');
	await sandbox.control.patch('/settings', { pace: 0.05 });
});

const run = async (workflowDefinitionId: string | undefined, body = {}) =>
	await sandbox.api.post('/workflows/run', { workflowDefinitionId, ...body }, v2);
const start = async (workflowDefinitionId: string | undefined, body = {}) =>
	await sandbox.api.post('/workflows', {
		workflowDefinitionId,
		locale: 'en',
		parameters: {},
		...body,
	});
const statusOf = async (id: string): Promise<string> =>
	(await sandbox.api.get(`/workflows/${id}`)).data.status;
const reaches = (id: string, status: string) =>
	until(`the run to be ${status}`, async () =>
		(await statusOf(id)) === status ? status : undefined,
	);
const setStatus = (id: string, status: string) =>
	sandbox.control.post(`/runs/${id}/status`, { status });

test.each([
	['company-check', companyCheck, ['RUNNING', 'COMPLETED']],
	['identity-check', identityCheck, ['RUNNING', 'AWAITING', 'COMPLETED']],
	['failing-check', failingCheck, ['RUNNING', 'FAILED']],
])('%s goes through its statuses in order', async (_name, definition, statuses) => {
	// Nothing listens at this address, but the sandbox keeps a delivery for each status, however short it lasted.
	await sandbox.control.put('/webhook', { address: 'http://127.0.0.1:9/closed' });
	const { id, status } = (await run(definition)).data;
	const reported = await until('the last status', async () => {
		const { data } = await sandbox.control.get<{ body: string }[]>(`/deliveries?runId=${id}`);
		const sent = data.map(({ body }) => JSON.parse(body).status);
		return sent.at(-1) === statuses.at(-1) ? sent : undefined;
	});
	expect([status, ...reported]).toEqual(statuses);
	expect(await statusOf(id)).toBe(statuses.at(-1));
});

test('slow-check keeps running until its status is set', async () => {
	await sandbox.control.patch('/settings', { pace: 100 });
	const { id } = (await run(slowCheck)).data;
	expect(await statusOf(id)).toBe('RUNNING');
	expect((await setStatus(id, 'COMPLETED')).data).toEqual({ id, status: 'COMPLETED' });
	expect(await statusOf(id)).toBe('COMPLETED');
});

test('the pace changes the duration of runs', async () => {
	await sandbox.control.patch('/settings', { pace: 0 });
	expect(await reaches((await run(slowCheck)).data.id, 'COMPLETED')).toBe('COMPLETED');
});

test('a run keeps a status that was set, whatever its definition contains', async () => {
	await sandbox.control.patch('/settings', { pace: 0.2 });
	const { id } = (await run(companyCheck)).data;
	await setStatus(id, 'ON_HOLD');
	const other = (await run(companyCheck)).data;
	await reaches(other.id, 'COMPLETED');
	expect(await statusOf(id)).toBe('ON_HOLD');
	expect((await setStatus('no-run', 'COMPLETED')).status).toBe(404);
	expect((await setStatus(id, '')).status).toBe(400);
});

test.each([
	[404, 404],
	[409, 409],
	['empty', 200],
])(
	'a request for an early result gets the configured response: %s',
	async (earlyResult, status) => {
		await sandbox.control.patch('/settings', { earlyResult });
		const { id } = (await run(slowCheck)).data;
		const early = await sandbox.api.get(`/workflows/${id}/result`);
		expect(early.status).toBe(status);
		if (status === 200) expect(early.data).toBe('');
		else expect(early.data.errors[0].code).toBe('result_not_available');
		await setStatus(id, 'COMPLETED');
		expect((await sandbox.api.get(`/workflows/${id}/result`)).data).toMatchObject({
			decision: 'APPROVED',
		});
	},
);

test('a result contains its case, the same each time', async () => {
	const created = (await sandbox.api.post('/cases', { companyName: 'Engines' })).data;
	const body = { caseId: created.caseId, workflowDefinitionId: companyCheck };
	const { id } = (await sandbox.api.post('/workflows/run', body)).data;
	await setStatus(id, 'COMPLETED');
	const { data } = await sandbox.api.get(`/workflows/${id}/result`);
	expect(data).toMatchObject({
		caseId: created.caseId,
		partyId: created.partyId,
		partyDetails: created.partyDetails,
	});
	expect((await sandbox.api.get(`/workflows/${id}/result`)).data).toEqual(data);
});

test('credit-check requires a number "amount", inline and saved', async () => {
	expect((await start(creditCheck)).data.errors[0].code).toBe('missing_parameter');
	expect((await start(creditCheck, { parameters: { amount: '5' } })).data.errors[0].code).toBe(
		'invalid_parameter',
	);
	expect((await start(creditCheck, { parameters: { amount: 5 } })).status).toBe(200);
	expect((await run(creditCheck)).status).toBe(400);
	const saved = await sandbox.api.post('/parameters', {
		workflowDefinitionId: creditCheck,
		parameters: { amount: 20_000 },
	});
	const { id } = (await run(creditCheck, { parametersId: saved.data.id })).data;
	await reaches(id, 'COMPLETED');
	expect((await sandbox.api.get(`/workflows/${id}/result`)).data).toMatchObject({
		amount: 20_000,
		decision: 'MANUAL_REVIEW',
	});
	expect((await run(companyCheck, { parametersId: saved.data.id })).data.errors[0].code).toBe(
		'wrong_parameters',
	);
});

test('returns the ID of saved parameters under the configured name', async () => {
	await sandbox.control.patch('/settings', { parametersIdField: 'parametersId' });
	const { data } = await sandbox.api.post('/parameters', {
		workflowDefinitionId: companyCheck,
		parameters: {},
	});
	expect(data).toMatchObject({ parametersId: expect.any(String) });
	expect(data).not.toHaveProperty('id');
});

test.each([
	['in 29 minutes', 29 * 60_000, 400],
	['in 31 minutes', 31 * 60_000, 200],
	['in 31 days', 31 * 86_400_000, 400],
])('an execution with an expiry %s gets a %i', async (_when, ahead, status) => {
	const expiresAt = new Date(Date.now() + Number(ahead)).toISOString();
	expect((await start(companyCheck, { expiresAt })).status).toBe(status);
});

test('an execution without an expiry gets one an hour after its start', async () => {
	const { data } = await start(slowCheck);
	expect(data).toMatchObject({ origin: expect.any(String), expiresAt: expect.any(String) });
	const ahead = Date.parse(data.expiresAt) - Date.now();
	expect(ahead).toBeGreaterThan(59 * 60_000);
	expect(ahead).toBeLessThanOrEqual(60 * 60_000);
});

test('an execution that has not ended at its expiry is EXPIRED, and its link no longer works', async () => {
	await sandbox.control.patch('/settings', { executionLifetimeMs: 60, pace: 100 });
	const { data } = await start(hostedOnboarding);
	expect(data.status).toBe('RUNNING');
	await reaches(data.id, 'EXPIRED');
	expect((await sandbox.anonymous.get(data.link)).status).toBe(410);
});

test('an execution that has ended, or is held, does not expire', async () => {
	await sandbox.control.patch('/settings', { executionLifetimeMs: 150, pace: 0 });
	const ended = (await start(companyCheck)).data;
	const held = (await start(hostedOnboarding)).data;
	await setStatus(held.id, 'ON_HOLD');
	await reaches((await start(hostedOnboarding)).data.id, 'EXPIRED');
	expect([await statusOf(ended.id), await statusOf(held.id)]).toEqual(['COMPLETED', 'ON_HOLD']);
});

test.each(['endpoint', 'field', 'record'])(
	'the result of an execution is in the configured place: %s',
	async (executionResult) => {
		await sandbox.control.patch('/settings', { executionResult, pace: 100 });
		const record = (await sandbox.api.post(records, { name: 'Ada' })).data;
		const { id } = (await start(companyCheck, { recordId: record.id })).data;
		expect((await sandbox.api.get(`/workflows/${id}`)).data).not.toHaveProperty('result');
		await setStatus(id, 'COMPLETED');
		const execution = (await sandbox.api.get(`/workflows/${id}`)).data;
		const endpoint = await sandbox.api.get(`/workflows/${id}/result`);
		const recordAfterwards = (await sandbox.api.get(`${records}/${record.id}`)).data;
		expect(endpoint.data.decision).toBe(executionResult === 'endpoint' ? 'APPROVED' : undefined);
		expect(execution.result?.decision).toBe(executionResult === 'field' ? 'APPROVED' : undefined);
		expect(recordAfterwards.decision).toBe(executionResult === 'record' ? 'APPROVED' : undefined);
		expect(recordAfterwards).toMatchObject({
			name: 'Ada',
			version: executionResult === 'record' ? 2 : 1,
		});
	},
);

test('a definition with a step for the end user is rejected by POST /workflows/run', async () => {
	const { status, data } = await run(hostedOnboarding);
	expect([status, data.errors[0].code]).toEqual([400, 'end_user_step']);
	expect((await sandbox.control.get('/runs')).data).toEqual([]);
});
