import { withSubworkflows } from '../../scripts/n8n/examples.mts';
import type { Execution } from '../../scripts/n8n/execution.mts';
import {
	withCredentials,
	type CredentialReference,
	type StoredWorkflow,
	type WorkflowFile,
} from '../../scripts/n8n/workflow.mts';
import { waitUntil } from '../../scripts/waiting.mts';
import type { Stage } from './stage.mts';

/** What a test changes in an example before it is imported. */
export interface Setup {
	/** Parameters that replace those in the file, by node name. */
	changes?: Record<string, object>;
	credentials?: Record<string, CredentialReference>;
	/** Nodes to enable that are disabled in the file. */
	enabled?: string[];
	/** Workflows that the example calls, in addition to "claim" and "completion". */
	called?: StoredWorkflow[];
}

function withSetup(file: WorkflowFile, { changes = {}, enabled = [] }: Setup): WorkflowFile {
	const nodes = file.nodes.map((node) => ({
		...node,
		...(enabled.includes(node.name) ? { disabled: false } : {}),
		parameters: { ...node.parameters, ...changes[node.name] },
	}));
	return { ...file, nodes };
}

/** Imports an example, selects its credentials and sub-workflows, and publishes it. */
export async function publishExample(
	stage: Stage,
	name: string,
	setup: Setup = {},
): Promise<StoredWorkflow> {
	const { n8n, prepared } = stage;
	const { credentials = {}, called = [] } = setup;
	const { transactionLink, mail, claim, completion } = prepared;
	const file = withCredentials(withSetup(stage.example(name), setup), {
		transactionLinkApi: { id: transactionLink.id, name: transactionLink.name },
		smtp: { id: mail.id, name: mail.name },
		...credentials,
	});
	const stored = await n8n.importWorkflow(withSubworkflows(file, [claim, completion, ...called]));
	await n8n.activateWorkflow(stored);
	return await n8n.getWorkflow(stored.id);
}

/** The address of a form or a trigger of a workflow. */
export function addressOf(
	{ n8n }: Stage,
	{ nodes }: StoredWorkflow,
	node: 'Onboarding Form' | 'TransactionLink Trigger',
): string {
	const webhookId = String(nodes.find(({ name }) => name === node)?.webhookId);
	return node === 'Onboarding Form'
		? `${n8n.url}/form/${webhookId}`
		: `${n8n.url}/webhook/${webhookId}/webhook`;
}

/** Waits until the newest execution of a workflow is waiting. Returns it. */
export async function waitUntilWaiting({ n8n }: Stage, { id }: StoredWorkflow): Promise<Execution> {
	return await waitUntil('the execution to wait', async () => {
		const [newest] = await n8n.listExecutions(id);
		return newest?.status === 'waiting' ? await n8n.getExecution(newest.id) : undefined;
	});
}

/** Waits until no execution of a workflow is running. Waiting executions do not count. */
export async function waitUntilIdle({ n8n }: Stage, { id }: StoredWorkflow): Promise<void> {
	await waitUntil('the executions to end', async () => {
		const executions = await n8n.listExecutions(id);
		return executions.some(({ status }) => /new|running/.test(status)) ? undefined : true;
	});
}
