import { waitUntil } from '../../scripts/waiting.mts';
import { endOf, exampleWith, onboard, rounds } from '../e2e/durable-wait.mts';
import { openStage, type Stage } from '../e2e/stage.mts';

const TAKES_A_MINUTE = '44444444-4444-4444-8444-444444444444';
// From 65 seconds on, n8n lays an execution aside in its database; the odd one is for what passes in between.
const SHORTEST_DURABLE_SECONDS = 66;

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
}, 300_000);
afterAll(async () => { await (stage as Stage | undefined)?.close(); });

it('an execution that waits survives a restart of n8n, and goes on with the result', async () => {
	const workflow = await onboard(stage, exampleWith(stage, SHORTEST_DURABLE_SECONDS, TAKES_A_MINUTE));
	const waiting = await waitUntil(
		'the execution to be laid aside',
		async () => {
			const [execution] = await stage.n8n.listExecutions(workflow.id);
			return execution?.status === 'waiting' ? await stage.n8n.getExecution(execution.id) : undefined;
		},
		30_000,
	);
	const runId = String(waiting.itemsOf('Run Company Check')[0]?.json['id']);

	await stage.restart(async () => {
		await stage.sandbox.control.post(`/runs/${runId}/status`, { status: 'COMPLETED' });
	});

	expect((await stage.n8n.getExecution(waiting.id)).status).toBe('waiting');
	const ended = await endOf(stage, workflow, 120_000);
	expect([ended.id, ended.status, ended.error]).toEqual([waiting.id, 'success', undefined]);
	expect(ended.itemsOf('Get Status')[0]?.json).toMatchObject({ id: runId, status: 'COMPLETED' });
	expect(ended.itemsOf('Get Result')[0]?.json).toMatchObject({ decision: 'APPROVED' });
	expect(rounds(ended, 'Create Case')).toBe(1);
}, 200_000);
