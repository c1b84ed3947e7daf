import { fillInForm } from '../../scripts/onboarding/form.mts';
import type { Execution } from '../../scripts/n8n/execution.mts';
import { readExampleWorkflow, withCredentials, type StoredWorkflow, type WorkflowFile } from '../../scripts/n8n/workflow.mts';
import { openStage, type Stage } from './stage.mts';

const FAILS_SOON = '33333333-3333-4333-8333-333333333333';
const TAKES_A_MINUTE = '44444444-4444-4444-8444-444444444444';

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

it('looks again as long as the run goes on, also after a look that did not work', async () => {
	await stage.sandbox.control.post('/faults', { operationId: 'getWorkflow', kind: 'status', status: 500, times: 4 });
	const ended = await endOf(await onboard(exampleWith(1)));
	expect([ended.status, ended.error]).toEqual(['success', undefined]);
	expect(ended.itemsOf('Get Result')[0]?.json).toMatchObject({ decision: 'APPROVED' });
	expect(rounds(ended, 'Wait')).toBeGreaterThan(1);
});

it('a run that ends without success leaves the loop by a way of its own', async () => {
	const ended = await endOf(await onboard(exampleWith(1, FAILS_SOON)));
	expect(ended.itemsOf('Ended Without Success')[0]?.json).toMatchObject({ status: 'FAILED' });
	expect(rounds(ended, 'Get Result')).toBe(0);
});

it('stops looking after as many looks as it says, and tells which run goes on', async () => {
	const workflow = JSON.parse(JSON.stringify(exampleWith(0, TAKES_A_MINUTE)).replace('"rightValue":288', '"rightValue":3')) as WorkflowFile;
	const ended = await endOf(await onboard(workflow));
	const runId = String(ended.itemsOf('Run Company Check')[0]?.json['id']);
	expect([ended.status, ended.error]).toEqual(['error', `The run ${runId} has not ended yet: its last known status is RUNNING. It goes on in TransactionLink.`]);
	expect(rounds(ended, 'Get Status')).toBe(3);
});
