import { randomUUID } from 'node:crypto';

import { at } from '../json.mts';
import { ACTION_NODE } from '../onboarding/prepare.mts';
import type { Stage } from './stage.mts';

const NODE = 'Create';
const LONGEST_MILLISECONDS = 600_000;

/** A node that creates one case for each item, with one expression in it. */
export interface Creator {
	type: string;
	typeVersion: number;
	parameters(sandboxUrl: string): Record<string, unknown>;
}

/** Our node, as it comes out of the panel. */
export const ourNode: Creator = {
	type: ACTION_NODE,
	typeVersion: 1,
	parameters: () => ({
		resource: 'case',
		operation: 'create',
		additionalFields: { companyName: '={{ $json.name }}' },
	}),
};

/** n8n's own HTTP Request node with our credential, as it comes out of the panel. */
export const httpRequestNode: Creator = {
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	parameters: (sandboxUrl) => ({
		method: 'POST',
		url: `${sandboxUrl}/cases`,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'transactionLinkApi',
		sendBody: true,
		bodyParameters: { parameters: [{ name: 'companyName', value: '={{ $json.name }}' }] },
		options: {},
	}),
};

/**
 * Lets a node create cases in the real n8n, by "Execute workflow".
 *
 * @returns how long the node took, in milliseconds, by n8n's own count
 * @throws when not each item became a case
 */
export async function create(
	{ n8n, sandbox, credential: { id, name } }: Stage,
	{ type, typeVersion, parameters }: Creator,
	items: number,
): Promise<number> {
	const workflow = await n8n.importWorkflow({
		name: `Create ${randomUUID()}`,
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
				id: randomUUID(),
				name: NODE,
				type,
				typeVersion,
				position: [200, 0],
				parameters: parameters(sandbox.url),
				credentials: { transactionLinkApi: { id, name } },
			},
		],
		connections: { Start: { main: [[{ node: NODE, type: 'main', index: 0 }]] } },
		pinData: {
			Start: Array.from({ length: items }, (_, place) => ({ json: { name: `Company ${place}` } })),
		},
		settings: {},
	});
	const execution = await n8n.waitForExecution(
		await n8n.runWorkflow(workflow, 'Start'),
		LONGEST_MILLISECONDS,
	);
	const made = execution
		.itemsOf(NODE)
		.filter(({ json }) => typeof json['caseId'] === 'string').length;
	if (made !== items)
		throw new Error(
			`${type} made ${made} of ${items} cases: ${execution.error ?? execution.status}`,
		);
	return Number(at(execution.data, 'resultData', 'runData', NODE, 0, 'executionTime'));
}
