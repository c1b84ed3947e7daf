import { fillInForm } from '../../scripts/onboarding/form.mts';
import { at } from '../../scripts/json.mts';
import { chooseFreePort } from '../../scripts/ports.mts';
import { waitUntil } from '../../scripts/waiting.mts';
import { openStage, type Stage } from './stage.mts';

const COUNT = 50;
const AT_ONCE = 10;
const NEVER_BY_THEMSELVES = 100;

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
	await stage.sandbox.control.patch('/settings', { pace: NEVER_BY_THEMSELVES, webhookRetries: 2, webhookRetryDelayMs: 100 });
}, 300_000);
afterAll(async () => { await (stage as Stage | undefined)?.close(); });
beforeEach(async () => { await sendWebhooksTo(String(stage.prepared.webhookUrl)); });

const sendWebhooksTo = async (address: string | null) => await stage.sandbox.control.put('/webhook', { address });
const sandboxRuns = async () => (await stage.sandbox.control.get<{ id: string }[]>('/runs')).data.map(({ id }) => id);
const deliveries = async () => (await stage.sandbox.control.get<{ runId: string; state: string }[]>('/deliveries')).data;
const mailsAbout = (runId: string) => stage.mailServer.messages.filter(({ text }) => text.includes(runId));
const mailCounts = (runIds: string[]) => runIds.map((runId) => mailsAbout(runId).length);
const countOf = (values: unknown[], wanted: unknown) => values.filter((value) => value === wanted).length;

/** Lets customers fill in the form, and answers the IDs of the runs that are noted in the table then. */
async function startRuns(count: number): Promise<string[]> {
	const before = new Set(await sandboxRuns());
	const ended = (await stage.n8n.listExecutions(stage.prepared.onboarding.id)).length;
	for (let done = 0; done < count; done += AT_ONCE) {
		await Promise.all(
			Array.from({ length: Math.min(AT_ONCE, count - done) }, async (_, place) => {
				await fillInForm(String(stage.prepared.formUrl), {
					'First Name': 'Ada',
					'Last Name': 'Lovelace',
					Email: 'ada.lovelace@example.com',
					'Company Name': `Company ${done + place}`,
					'Company Number': `${1_000_000 + done + place}`,
				});
			}),
		);
	}
	const statuses = await waitUntil('the onboardings to end', async () => {
		const executions = (await stage.n8n.listExecutions(stage.prepared.onboarding.id)).map(({ status }) => status);
		return executions.length === ended + count && !executions.some((status) => /new|running|waiting/.test(status)) ? executions : undefined;
	}, 60_000);
	expect(new Set(statuses)).toEqual(new Set(['success']));
	return (await sandboxRuns()).filter((runId) => !before.has(runId));
}

async function complete(runIds: string[]): Promise<void> {
	for (const runId of runIds) await stage.sandbox.control.post(`/runs/${runId}/status`, { status: 'COMPLETED' });
}

async function reconcile(): Promise<void> {
	const id = await stage.n8n.runWorkflow(stage.prepared.reconciliation, 'By Hand');
	const execution = await stage.n8n.waitForExecution(id, 120_000);
	expect([execution.status, execution.error]).toEqual(['success', undefined]);
}

/** Every execution of the completion has ended. */
const nothingUnderWay = async () => await waitUntil('the completions to end', async () => {
	const executions = await stage.n8n.listExecutions(stage.prepared.completion.id);
	return executions.some(({ status }) => /new|running|waiting/.test(status)) ? undefined : true;
}, 60_000);

/** What the table of runs holds, as the person in front of n8n sees it. */
async function tableRows(): Promise<Record<string, unknown>[]> {
	const { session } = stage.n8n;
	const projectId = at(await session.call('GET', '/projects/personal'), 'id');
	const tables = await session.call('GET', `/projects/${String(projectId)}/data-tables`);
	const table = at(tables, 'data', 0);
	expect(at(table, 'name')).toBe('TransactionLink runs');
	const rows = await session.call('GET', `/projects/${String(projectId)}/data-tables/${String(at(table, 'id'))}/rows`, { take: 200 });
	return at(rows, 'data') as Record<string, unknown>[];
}

it(`${COUNT} runs that complete while n8n is away are finished once each, and never again`, async () => {
	const runIds = await startRuns(COUNT);
	let away = 0;
	await stage.restart(async () => {
		const since = Date.now();
		await complete(runIds);
		await waitUntil('TransactionLink to give up', async () => countOf((await deliveries()).map(({ state }) => state), 'failed') === COUNT ? true : undefined, 60_000);
		away = Date.now() - since;
	});
	expect(stage.mailServer.messages).toHaveLength(0);

	const since = Date.now();
	await reconcile();
	const took = Date.now() - since;
	const counts = mailCounts(runIds);
	await reconcile();
	const again = mailCounts(runIds);
	process.stdout.write(
		`missed webhooks: ${runIds.length} runs, n8n away ${(away / 1000).toFixed(1)} s, 3 deliveries each given up; ` +
		`finished ${counts.filter((count) => count > 0).length} of ${COUNT} in ${(took / 1000).toFixed(1)} s, twice ${counts.filter((count) => count > 1).length}; ` +
		`second reconciliation finished ${stage.mailServer.messages.length - COUNT}\n`,
	);
	expect(counts).toEqual(runIds.map(() => 1));
	expect(again).toEqual(counts);
	expect(mailsAbout(String(runIds[0]))[0]?.subject).toBe('Onboarding completed: APPROVED');

	const rows = await tableRows();
	expect(rows.map(({ workflowId, status, reported }) => [workflowId, status, Boolean(reported)]).sort()).toEqual(runIds.map((runId) => [runId, 'COMPLETED', true]).sort());
	expect(JSON.stringify(rows)).not.toMatch(/Ada|Lovelace|example\.com|Company|1000000/);
}, 300_000);

it('runs that are told and looked after at the same moment are finished once each', async () => {
	await sendWebhooksTo(null);
	const runIds = await startRuns(20);
	await complete(runIds);
	await sendWebhooksTo(String(stage.prepared.webhookUrl));
	const tellAll = async () => { for (const runId of runIds) await stage.sandbox.control.post(`/runs/${runId}/deliver`); };
	await Promise.all([reconcile(), tellAll(), reconcile(), tellAll()]);
	await waitUntil('the webhooks to be answered', async () => (await deliveries()).some(({ state }) => state === 'pending') ? undefined : true, 30_000);
	await nothingUnderWay();
	const counts = mailCounts(runIds);
	process.stdout.write(`two reconciliations and 40 webhooks at once: ${countOf(counts, 1)} of ${runIds.length} runs finished once, ${counts.filter((count) => count > 1).length} twice\n`);
	expect(counts).toEqual(runIds.map(() => 1));
}, 200_000);

it('a delivery that is repeated after a restart finishes nothing a second time', async () => {
	const runIds = await startRuns(1);
	const runId = String(runIds[0]);
	await complete(runIds);
	await stage.mailServer.waitForMessage(({ text }) => text.includes(runId), 30_000);
	await stage.restart(async () => undefined);
	const before = (await stage.n8n.listExecutions(stage.prepared.completion.id)).map(({ id }) => Number(id));
	await stage.sandbox.control.post(`/runs/${runId}/deliver`);
	await stage.n8n.waitForExecutionOf(stage.prepared.completion.id, ({ id }) => Number(id) > Math.max(...before), 30_000);
	expect(mailsAbout(runId)).toHaveLength(1);
}, 120_000);

it('a run that goes on, or of which TransactionLink does not know, is left for the next time', async () => {
	await sendWebhooksTo(null);
	const runIds = await startRuns(2);
	await stage.sandbox.control.post('/faults', { operationId: 'getWorkflow', kind: 'status', status: 404, times: 1 });
	await reconcile();
	expect(mailCounts(runIds)).toEqual([0, 0]);
	await stage.sandbox.control.post(`/runs/${String(runIds[0])}/status`, { status: 'FAILED' });
	await stage.sandbox.control.post(`/runs/${String(runIds[1])}/status`, { status: 'COMPLETED' });
	await reconcile();
	expect(mailCounts(runIds)).toEqual([1, 1]);
	expect(mailsAbout(String(runIds[0]))[0]?.subject).toBe('Onboarding needs you: FAILED');
}, 120_000);

it('an e-mail that could not be sent is sent by a later reconciliation', async () => {
	const { id } = stage.prepared.mail;
	const { name, type, data = {} } = await stage.n8n.getCredential(id);
	await sendWebhooksTo(null);
	const runIds = await startRuns(2);
	await complete(runIds);
	await stage.n8n.updateCredential(id, { name, type, data: { ...data, port: await chooseFreePort() } });
	await reconcile();
	expect(mailCounts(runIds)).toEqual([0, 0]);
	const [failed] = await stage.n8n.listExecutions(stage.prepared.completion.id);
	expect((await stage.n8n.getExecution(String(failed?.id))).error).toMatch(/^The e-mail about the run .* could not be sent\. The next reconciliation tries again\.$/);

	await stage.n8n.updateCredential(id, { name, type, data });
	await reconcile();
	await reconcile();
	expect(mailCounts(runIds)).toEqual([1, 1]);
}, 120_000);
