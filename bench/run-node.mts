import { randomUUID } from 'node:crypto';

import { chain, MANUAL_START } from '../scripts/n8n/chain.mts';
import type { Execution } from '../scripts/n8n/execution.mts';
import type { WorkflowNode } from '../scripts/n8n/workflow.mts';
import type { Stage } from './stage.mts';

/** The name of the node. */
export const NODE = 'Node';

/** Not often: each look makes n8n's process grow by about 1 MB, which is measured too. */
const INTERVAL_MILLISECONDS = 2_000;

/**
 * Runs one node for many items in the real n8n, as "Execute workflow" does.
 *
 * @returns the ended execution
 */
export async function runNode(
	{ n8n, credential: { id, name } }: Stage,
	node: Pick<WorkflowNode, 'type' | 'typeVersion' | 'parameters' | 'onError'>,
	items: Record<string, unknown>[],
	milliseconds: number,
): Promise<Execution> {
	const credentials = { transactionLinkApi: { id, name } };
	const workflow = await n8n.importWorkflow({
		...chain(`Run ${randomUUID()}`, MANUAL_START, { ...node, name: NODE, credentials }),
		pinData: { Start: items.map((json) => ({ json })) },
	});
	const execution = await n8n.runWorkflow(workflow, 'Start');
	return await n8n.waitForExecution(execution, milliseconds, INTERVAL_MILLISECONDS);
}
