import { randomUUID } from 'node:crypto';
import { chain, MANUAL_START } from '../../scripts/n8n/chain.mts';
import type { Execution } from '../../scripts/n8n/execution.mts';
import { ACTION_NODE } from '../../scripts/n8n/workflow.mts';
import type { Stage } from './stage.mts';

/** One node of a chain. Without a type, it is the action node with the stage's credential. */
export interface Step {
	name: string;
	type?: string;
	typeVersion?: number;
	parameters: Record<string, unknown>;
}

/** Runs a chain of nodes manually in a new workflow. */
export async function runNodes(
	{ n8n, prepared }: Pick<Stage, 'n8n' | 'prepared'>,
	steps: Step[],
): Promise<Execution> {
	const { id, name: credential } = prepared.transactionLink;
	const credentials = { transactionLinkApi: { id, name: credential } };
	const nodes = steps.map(({ type, ...step }) =>
		type === undefined ? { type: ACTION_NODE, credentials, ...step } : { type, ...step },
	);
	const workflow = await n8n.importWorkflow(chain(`Chain ${randomUUID()}`, MANUAL_START, ...nodes));
	return await n8n.waitForExecution(await n8n.runWorkflow(workflow, 'Start'));
}
