// The claim example passes on each ended run once, even with several events in a delivery or without a result.

import { randomUUID } from 'node:crypto';
import type { Execution } from '../../scripts/n8n/execution.mts';
import { chooseFreePort } from '../../scripts/ports.mts';
import { runCreditCheck } from './credit-check.mts';
import { sendSigned } from './deliveries.mts';
import { addressOf, publishExample } from './example.mts';
import { changeRows } from './data-tables.mts';
import { mailCounts, reconcile, RUNS_TABLE, tableRows, waitForCompletions } from './runs.mts';
import { ACTION, openStage, type Stage } from './stage.mts';

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
afterAll(async () => {
	await (stage as Stage | undefined)?.close();
});
beforeEach(async () => {
	await stage.sandbox.control.delete('/faults');
	await stage.sandbox.control.put('/webhook', { address: null });
});

/** Creates an ended run without sending a webhook for it. Returns its ID. */
async function createEndedRun(status: 'COMPLETED' | 'FAILED'): Promise<string> {
	const { data } = await stage.sandbox.control.post<{ id: string }>('/runs', {
		id: randomUUID(),
		status,
	});
	return data.id;
}

const eventOf = (workflowId: string, status: string, event: string) => ({
	event: `workflow.${event}`,
	workflowId,
	status,
});

/** Sends all events in one delivery. */
async function deliver(
	events: object[],
	address = String(stage.prepared.webhookUrl),
): Promise<void> {
	const [first = {}] = events;
	const content = events.length === 1 ? first : events;
	expect((await sendSigned(stage.sandbox, address, content)).status).toBe(200);
}

const failedWith =
	(message: RegExp) =>
	({ error }: Execution): boolean =>
		message.test(error ?? '');

/** Matches the execution that processes an event of the run. */
const processes =
	(runId: string) =>
	({ itemsOf }: Execution): boolean =>
		itemsOf('Called by Another Workflow')[0]?.json['workflowId'] === runId;

async function reportedOf(runIds: string[]): Promise<boolean[]> {
	const rows = await tableRows(stage);
	return runIds.map((runId) =>
		Boolean(rows.find(({ workflowId }) => workflowId === runId)?.['reported']),
	);
}

/** Clears `reported` as n8n's editor does. */
async function clearCheckbox(workflowId: string): Promise<void> {
	await changeRows(stage.n8n, RUNS_TABLE, 'workflowId', workflowId, { reported: false });
}

async function injectResultFault(fault: object): Promise<void> {
	await stage.sandbox.control.post('/faults', {
		operationId: 'getWorkflowResult',
		times: 1_000,
		...fault,
	});
}

it('processes each event of a delivery separately, even if one of them has no run ID', async () => {
	const runIds = [await createEndedRun('COMPLETED'), await createEndedRun('FAILED')];
	const [completed = '', unsuccessful = ''] = runIds;
	await deliver([
		eventOf(completed, 'COMPLETED', 'completed'),
		{ event: 'workflow.completed', status: 'COMPLETED' },
		eventOf(unsuccessful, 'FAILED', 'failed'),
	]);
	await stage.n8n.waitForExecutionOf(
		stage.prepared.completion.id,
		failedWith(/The event has no run ID/),
	);
	for (const runId of runIds)
		await stage.mailServer.waitForMessage(({ text }) => text.includes(runId));
	await waitForCompletions(stage);
	expect(mailCounts(stage, runIds)).toEqual([1, 1]);
});

it('releases the claim of each run in a delivery when the e-mails cannot be sent', async () => {
	const { id } = stage.prepared.mail;
	const { name, type, data = {} } = await stage.n8n.getCredential(id);
	const port = await chooseFreePort();
	await stage.n8n.updateCredential(id, { name, type, data: { ...data, port } });
	const runIds = [
		await createEndedRun('COMPLETED'),
		await createEndedRun('COMPLETED'),
		await createEndedRun('FAILED'),
	];
	const [first = '', second = '', unsuccessful = ''] = runIds;
	try {
		await deliver([
			eventOf(first, 'COMPLETED', 'completed'),
			eventOf(second, 'COMPLETED', 'completed'),
			eventOf(unsuccessful, 'FAILED', 'failed'),
		]);
		for (const runId of runIds)
			await stage.n8n.waitForExecutionOf(
				stage.prepared.completion.id,
				failedWith(new RegExp(`The end of run ${runId} could not be processed`)),
			);
		expect(await reportedOf(runIds)).toEqual([false, false, false]);
	} finally {
		await stage.n8n.updateCredential(id, { name, type, data });
	}
	await reconcile(stage);
	expect(mailCounts(stage, runIds)).toEqual([1, 1, 1]);
});

it('processes a run again after a user has cleared its checkbox in the table', async () => {
	const runId = await createEndedRun('COMPLETED');
	await deliver([eventOf(runId, 'COMPLETED', 'completed')]);
	await stage.mailServer.waitForMessage(({ text }) => text.includes(runId));
	await waitForCompletions(stage);
	await reconcile(stage);
	expect(mailCounts(stage, [runId])).toEqual([1]);
	await clearCheckbox(runId);
	await reconcile(stage);
	expect(mailCounts(stage, [runId])).toEqual([2]);
});

it('requests a decision on each run of a delivery in a separate e-mail', async () => {
	const workflow = await publishExample(stage, 'review');
	const address = addressOf(stage, workflow, 'TransactionLink Trigger');
	const events: object[] = [];
	for (const companyName of ['Nordlys AB', 'Athena S.A.']) {
		const run = await runCreditCheck(stage, { companyName, email: 'office@example.com' }, 20_000);
		const runId = String(run.itemsOf(ACTION)[0]?.json['workflowId']);
		await stage.sandbox.control.post(`/runs/${runId}/status`, { status: 'COMPLETED' });
		events.push(eventOf(runId, 'COMPLETED', 'completed'));
	}
	await deliver(events, address);
	for (const company of ['Nordlys AB', 'Athena S.A.'])
		await stage.mailServer.waitForMessage(
			({ subject }) => subject === `Decision needed: ${company}, MANUAL_REVIEW`,
		);
	await stage.n8n.deactivateWorkflow(workflow.id);
});

it.each(['DONE', 'COMPLETED'])(
	'leaves a completed run without an available result to the reconciliation (status in the event: %s)',
	async (status) => {
		const runId = await createEndedRun('COMPLETED');
		await injectResultFault({ kind: 'status', status: 503 });
		await deliver([eventOf(runId, status, 'completed')]);
		await stage.n8n.waitForExecutionOf(stage.prepared.completion.id, processes(runId));
		expect([mailCounts(stage, [runId]), await reportedOf([runId])]).toEqual([[0], [false]]);
		await stage.sandbox.control.delete('/faults');
		await reconcile(stage);
		expect(mailCounts(stage, [runId])).toEqual([1]);
		expect(stage.mailServer.messages.at(-1)?.subject).toMatch(/, APPROVED$/);
	},
);

it('does not report a run for its awaiting event, even if the run has completed since', async () => {
	const { completion } = stage.prepared;
	await stage.n8n.deactivateWorkflow(completion.id);
	const workflow = await publishExample(stage, 'completion', {
		changes: { 'TransactionLink Trigger': { events: ['completed', 'failed', 'awaiting'] } },
	});
	const address = addressOf(stage, workflow, 'TransactionLink Trigger');
	const runId = await createEndedRun('COMPLETED');
	await injectResultFault({ kind: 'status', status: 404 });
	await deliver([eventOf(runId, 'AWAITING', 'awaiting')], address);
	await stage.n8n.waitForExecutionOf(workflow.id, processes(runId));
	expect([mailCounts(stage, [runId]), await reportedOf([runId])]).toEqual([[0], [false]]);
	await stage.sandbox.control.delete('/faults');
	await deliver([eventOf(runId, 'COMPLETED', 'completed')], address);
	const { subject } = await stage.mailServer.waitForMessage(({ text }) => text.includes(runId));
	expect(subject).toMatch(/^Onboarding completed: .*, APPROVED$/);
	await stage.n8n.deactivateWorkflow(workflow.id);
});
