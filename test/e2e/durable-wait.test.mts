// The durable-wait example survives restarts and crashes of n8n, and handles each way in which a run can end.

import { DEFINITION_IDS } from '../../sandbox/definitions.mts';
import type { WorkflowFile } from '../../scripts/n8n/workflow.mts';
import { waitUntil } from '../../scripts/waiting.mts';
import { endOf, exampleWith, onboard, rounds } from './durable-wait.mts';
import { sendWebhooksTo } from './runs.mts';
import { openStage, type Stage } from './stage.mts';

const FAILS_SOON = DEFINITION_IDS.failingCheck;
const TAKES_A_MINUTE = DEFINITION_IDS.slowCheck;
// n8n saves a waiting execution to its database from 65 seconds on. One second covers the time until then.
const SHORTEST_DURABLE_SECONDS = 66;

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
afterAll(async () => {
	await (stage as Stage | undefined)?.close();
});

it('a waiting execution survives a restart and a crash of n8n, and continues with the result', async () => {
	const workflow = await onboard(
		stage,
		exampleWith(stage, SHORTEST_DURABLE_SECONDS, TAKES_A_MINUTE),
	);
	const waiting = await waitUntil('the execution to be saved as waiting', async () => {
		const [execution] = await stage.n8n.listExecutions(workflow.id);
		return execution?.status === 'waiting' ? await stage.n8n.getExecution(execution.id) : undefined;
	});
	const runId = String(waiting.itemsOf('Run Company Check')[0]?.json['id']);

	await stage.restart(() => Promise.resolve());
	await stage.crash(async () => {
		await stage.sandbox.control.post(`/runs/${runId}/status`, { status: 'COMPLETED' });
	});

	const ended = await endOf(stage, workflow);
	expect([ended.id, ended.status, ended.error]).toEqual([waiting.id, 'success', undefined]);
	expect(ended.itemsOf('Get Status')[0]?.json).toMatchObject({ id: runId, status: 'COMPLETED' });
	expect(ended.itemsOf('Get Result')[0]?.json).toMatchObject({ decision: 'APPROVED' });
	expect(rounds(ended, 'Create Case')).toBe(1);
});

it('gets the status again while the run is pending, even after a failed request', async () => {
	// Without webhooks, the trigger gets no run and uses up none of the faults.
	await sendWebhooksTo(stage, null);
	await stage.sandbox.control.post('/faults', {
		operationId: 'getWorkflow',
		kind: 'status',
		status: 500,
		times: 4,
	});
	const ended = await endOf(stage, await onboard(stage, exampleWith(stage, 1)));
	expect([ended.status, ended.error]).toEqual(['success', undefined]);
	expect(ended.itemsOf('Get Result')[0]?.json).toMatchObject({ decision: 'APPROVED' });
	expect(rounds(ended, 'Wait')).toBeGreaterThan(1);
});

it('gets the result again if it is not available at first', async () => {
	await stage.sandbox.control.post('/faults', {
		operationId: 'getWorkflowResult',
		kind: 'status',
		status: 404,
		times: 1,
	});
	const ended = await endOf(stage, await onboard(stage, exampleWith(stage, 1)));
	expect([ended.status, ended.error]).toEqual(['success', undefined]);
	expect(ended.itemsOf('Get Result')[0]?.json).toMatchObject({ decision: 'APPROVED' });
});

it('leaves the loop through a separate branch when the run fails', async () => {
	const ended = await endOf(stage, await onboard(stage, exampleWith(stage, 1, FAILS_SOON)));
	expect(ended.itemsOf('Run Failed')[0]?.json).toMatchObject({ status: 'FAILED' });
	expect(rounds(ended, 'Get Result')).toBe(0);
});

it('stops after the maximum number of status requests, and names the run that continues', async () => {
	const workflow = JSON.parse(
		JSON.stringify(exampleWith(stage, 0, TAKES_A_MINUTE)).replace(
			'$runIndex + 1 >= 288',
			'$runIndex + 1 >= 3',
		),
	) as WorkflowFile;
	const ended = await endOf(stage, await onboard(stage, workflow));
	const runId = String(ended.itemsOf('Run Company Check')[0]?.json['id']);
	expect([ended.status, ended.error]).toEqual([
		'error',
		`Run ${runId} has not ended yet. Its last known status is RUNNING. It continues in TransactionLink.`,
	]);
	expect(rounds(ended, 'Get Status')).toBe(3);
});
