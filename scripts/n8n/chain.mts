import { randomUUID } from 'node:crypto';

import type { WorkflowFile, WorkflowNode } from './workflow.mts';

/** A node of a chain. Its version is 1, unless it says otherwise. */
export type ChainNode = Pick<WorkflowNode, 'name' | 'type' | 'parameters'> & Partial<WorkflowNode>;

/** Starts a workflow manually. */
export const MANUAL_START: ChainNode = {
	name: 'Start',
	type: 'n8n-nodes-base.manualTrigger',
	parameters: {},
};

/** Does nothing. */
export const NOTHING: ChainNode = {
	name: 'Nothing',
	type: 'n8n-nodes-base.noOp',
	parameters: {},
};

/** A workflow whose nodes stand in a row, each connected to the next one. */
export function chain(name: string, ...nodes: ChainNode[]): WorkflowFile {
	const followers = nodes.slice(1);
	return {
		name,
		nodes: nodes.map((node, index) => ({
			id: randomUUID(),
			typeVersion: 1,
			position: [200 * index, 0],
			...node,
		})),
		connections: Object.fromEntries(
			followers.map((follower, index) => [
				nodes[index]?.name ?? '',
				{ main: [[{ node: follower.name, type: 'main', index: 0 }]] },
			]),
		),
		settings: {},
	};
}
