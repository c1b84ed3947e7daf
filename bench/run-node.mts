import { randomUUID } from 'node:crypto';

import type { Execution } from '../scripts/n8n/execution.mts';
import type { WorkflowNode } from '../scripts/n8n/workflow.mts';
import type { Stage } from './stage.mts';

/** The name of the node. */
export const NODE = 'Node';

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
	const workflow = await n8n.importWorkflow({
		name: `Run ${randomUUID()}`,
		nodes: [
			{
				id: randomUUID(),
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				...node,
				id: randomUUID(),
				name: NODE,
				position: [200, 0],
				credentials: { transactionLinkApi: { id, name } },
			},
		],
		connections: { Start: { main: [[{ node: NODE, type: 'main', index: 0 }]] } },
		pinData: { Start: items.map((json) => ({ json })) },
		settings: {},
	});
	return await n8n.waitForExecution(await n8n.runWorkflow(workflow, 'Start'), milliseconds);
}
