import { randomUUID } from 'node:crypto';

import { at } from '../scripts/json.mts';
import { sandboxCredential } from '../scripts/onboarding/credentials.mts';
import { ACTION_NODE } from '../scripts/n8n/workflow.mts';
import { NODE, runNode } from './run-node.mts';
import type { Stage } from './stage.mts';

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

/** What became of the items. */
export interface Creation {
	/** How long the node took, by n8n's own count. */
	milliseconds: number;
	made: number;
	/** Why items were not made, if n8n says so. */
	reason: string;
}

/**
 * Lets a node create cases in the real n8n, by "Execute workflow". It goes on where an item cannot be made.
 *
 * @param url where the credential leads
 */
export async function tryToCreate(
	stage: Stage,
	{ parameters, ...node }: Creator,
	items: number,
	url: string,
): Promise<Creation> {
	const execution = await runNode(
		stage,
		{ ...node, parameters: parameters(url), onError: 'continueRegularOutput' },
		Array.from({ length: items }, (_, place) => ({ name: `Company ${place}` })),
		LONGEST_MILLISECONDS,
	);
	const made = execution
		.itemsOf(NODE)
		.filter(({ json }) => typeof json['caseId'] === 'string').length;
	return {
		milliseconds: Number(at(execution.data, 'resultData', 'runData', NODE, 0, 'executionTime')),
		made,
		reason: execution.error ?? execution.status,
	};
}

/**
 * Lets a node create cases.
 *
 * @returns how long the node took, in milliseconds
 * @throws when not each item became a case
 */
export async function create(
	stage: Stage,
	creator: Creator,
	items: number,
	url = stage.sandbox.url,
): Promise<number> {
	const { milliseconds, made, reason } = await tryToCreate(stage, creator, items, url);
	if (made !== items) throw new Error(`${creator.type} made ${made} of ${items} cases: ${reason}`);
	return milliseconds;
}

/**
 * The same stage with a credential that no execution has used yet, so that nothing is known of how much the API takes,
 * and with an access token in it: without one, the HTTP Request node would sign in for each item.
 *
 * @param url where the credential leads
 */
export async function withFreshCredential(stage: Stage, url = stage.sandbox.url): Promise<Stage> {
	const name = `Bench ${randomUUID()}`;
	const { id } = await stage.n8n.createCredential({ ...sandboxCredential(url), name });
	const fresh = { ...stage, credential: { id, name, isLocal: true } };
	await create(fresh, httpRequestNode, 1, url);
	return fresh;
}
