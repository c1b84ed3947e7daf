import { fillInForm } from '../../scripts/onboarding/form.mts';
import type { Execution } from '../../scripts/n8n/execution.mts';
import { readExampleWorkflow, withCredentials, type StoredWorkflow, type WorkflowFile } from '../../scripts/n8n/workflow.mts';
import { waitUntil } from '../../scripts/waiting.mts';
import { openStage, type Stage } from '../e2e/stage.mts';

const TAKES_A_MINUTE = '44444444-4444-4444-8444-444444444444';
// From 65 seconds on, n8n lays an execution aside in its database; the odd one is for what passes in between.
const SHORTEST_DURABLE_SECONDS = 66;

let stage: Stage;
let known: string | undefined;
beforeAll(async () => {
	stage = await openStage();
}, 300_000);
afterAll(async () => { await (stage as Stage | undefined)?.close(); });
// The form has one address, whichever workflow holds it.
afterEach(async () => { if (known !== undefined) await stage.n8n.deactivateWorkflow(known); });

/** The example with another interval, and another definition if need be. */
function exampleWith(seconds: number, workflowDefinitionId?: string): WorkflowFile {
	const { id, name } = stage.prepared.transactionLink;
	const example = withCredentials(readExampleWorkflow('durable-wait'), { transactionLinkApi: { id, name } });
	const changes: Record<string, object> = {
		Wait: { amount: seconds, unit: 'seconds' },
		'Run Company Check': workflowDefinitionId === undefined ? {} : { workflowDefinitionId },
	};
	return { ...example, nodes: example.nodes.map((node) => ({ ...node, parameters: { ...node.parameters, ...changes[node.name] } })) };
}

/** Publishes a workflow, and sends its form. */
async function onboard(workflow: WorkflowFile): Promise<StoredWorkflow> {
	const stored = await stage.n8n.importWorkflow(workflow);
	await stage.n8n.activateWorkflow(stored);
	known = stored.id;
	const form = stored.nodes.find(({ name }) => name === 'Onboarding Form');
	await fillInForm(`${stage.n8n.url}/form/${String(form?.webhookId)}`, {
		Email: 'ada.lovelace@example.com',
		'Company Name': 'Analytical Engines Ltd',
		'Company Number': '0000123456',
	});
	return stored;
}

const endOf = async ({ id }: StoredWorkflow, milliseconds = 60_000): Promise<Execution> =>
	await stage.n8n.waitForExecutionOf(id, () => true, milliseconds);

/** How often a node of the execution ran. */
const rounds = ({ data }: Execution, node: string): number =>
	(data as { resultData: { runData: Record<string, unknown[]> } }).resultData.runData[node]?.length ?? 0;

it('an execution that waits survives a restart of n8n, and goes on with the result', async () => {
	const workflow = await onboard(exampleWith(SHORTEST_DURABLE_SECONDS, TAKES_A_MINUTE));
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
	const ended = await endOf(workflow, 120_000);
	expect([ended.id, ended.status, ended.error]).toEqual([waiting.id, 'success', undefined]);
	expect(ended.itemsOf('Get Status')[0]?.json).toMatchObject({ id: runId, status: 'COMPLETED' });
	expect(ended.itemsOf('Get Result')[0]?.json).toMatchObject({ decision: 'APPROVED' });
	expect(rounds(ended, 'Create Case')).toBe(1);
}, 200_000);
