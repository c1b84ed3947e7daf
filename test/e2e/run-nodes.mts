import { randomUUID } from 'node:crypto';
import type { Execution } from '../../scripts/n8n/execution.mts';
import { ACTION_NODE } from '../../scripts/onboarding/prepare.mts';
import type { Stage } from './stage.mts';

const EXECUTION_MILLISECONDS = 60_000;

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
	const chain = [{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} }, ...steps];
	const workflow = await n8n.importWorkflow({
		name: `Chain ${randomUUID()}`,
		nodes: chain.map(({ name, type, typeVersion = 1, parameters }: Step, index) => ({
			id: randomUUID(),
			name,
			type: type ?? ACTION_NODE,
			typeVersion,
			position: [200 * index, 0],
			parameters,
			...(type === undefined
				? { credentials: { transactionLinkApi: { id, name: credential } } }
				: {}),
		})),
		connections: Object.fromEntries(
			chain
				.slice(1)
				.map(({ name }, index) => [
					chain[index]?.name ?? '',
					{ main: [[{ node: name, type: 'main', index: 0 }]] },
				]),
		),
		settings: {},
	});
	return await n8n.waitForExecution(
		await n8n.runWorkflow(workflow, 'Start'),
		EXECUTION_MILLISECONDS,
	);
}
