import { fillInForm } from '../../scripts/onboarding/form.mts';
import { readExampleWorkflow } from '../../scripts/n8n/examples.mts';
import type { Execution } from '../../scripts/n8n/execution.mts';
import {
	withCredentials,
	type StoredWorkflow,
	type WorkflowFile,
} from '../../scripts/n8n/workflow.mts';
import type { Stage } from './stage.mts';

/** The durable-wait example with another interval and, optionally, another workflow definition. */
export function exampleWith(
	{ prepared }: Stage,
	seconds: number,
	workflowDefinitionId?: string,
): WorkflowFile {
	const { id, name } = prepared.transactionLink;
	const example = withCredentials(readExampleWorkflow('durable-wait'), {
		transactionLinkApi: { id, name },
	});
	const changes: Record<string, object> = {
		Wait: { amount: seconds, unit: 'seconds' },
		'Run Company Check': workflowDefinitionId === undefined ? {} : { workflowDefinitionId },
	};
	return {
		...example,
		nodes: example.nodes.map((node) => ({
			...node,
			parameters: { ...node.parameters, ...changes[node.name] },
		})),
	};
}

/** Publishes a workflow and submits its form. All copies share one form address, so only one can be active. */
export async function onboard({ n8n }: Stage, workflow: WorkflowFile): Promise<StoredWorkflow> {
	const stored = await n8n.importWorkflow(workflow);
	await n8n.activateWorkflow(stored);
	const form = stored.nodes.find(({ name }) => name === 'Onboarding Form');
	await fillInForm(`${n8n.url}/form/${String(form?.webhookId)}`, {
		Email: 'ada.lovelace@example.com',
		'Company Name': 'Analytical Engines Ltd',
		'Company Number': '0000123456',
	});
	return stored;
}

/** Waits for the workflow's execution to end, and deactivates the workflow to free the form's address. */
export async function endOf({ n8n }: Stage, { id }: StoredWorkflow): Promise<Execution> {
	const ended = await n8n.waitForExecutionOf(id, () => true);
	await n8n.deactivateWorkflow(id);
	return ended;
}

/** How often a node ran in an execution. */
export function rounds({ data }: Execution, node: string): number {
	return (
		(data as { resultData: { runData: Record<string, unknown[]> } }).resultData.runData[node]
			?.length ?? 0
	);
}
