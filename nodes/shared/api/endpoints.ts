import type { IDataObject } from 'n8n-workflow';
import { type Response } from '../http/response';
import { isJsonObject, textIn } from '../json';
import { successful } from './success';
import type { Request } from './request';
import { readRun, type Run } from './run';
import type { Client } from './client';
import { unreadable } from './errors';
import type { components } from '../contract/wire.generated';

// The calls that more than one room makes. One that a single operation makes stands with that operation.

type Schemas = components['schemas'];

export type NewCase = Schemas['NewCase'];
export type Document = Schemas['Document'];
export type WorkflowParameters = Schemas['Parameters'];

/** `POST /cases`. @returns the case; its id is `caseId` */
export async function createCase(client: Client, body: NewCase): Promise<IDataObject> {
	return await client.object({
		method: 'POST',
		path: '/cases',
		body,
		purpose: { action: 'create the case' },
	});
}

/** `POST /parameters`. @returns the saved set as it came */
export async function createParameterSet(
	client: Client,
	workflowDefinitionId: string,
	parameters: WorkflowParameters,
): Promise<IDataObject> {
	return await client.object({
		method: 'POST',
		path: '/parameters',
		body: { workflowDefinitionId, parameters },
		purpose: {
			action: 'save the parameters',
			ids: { workflowDefinitionId },
		},
	});
}

/** The id of a saved set. The vendor does not document which field holds it; one of these two is expected. */
export function parametersIdOf(set: IDataObject): string | undefined {
	return textIn(set.id) ?? textIn(set.parametersId);
}

/** `GET /workflows/{workflowId}`: the same in every generation of the API. */
export async function getWorkflow(
	client: Client,
	workflowId: string,
	{ retryPolicy, version }: Pick<Request, 'retryPolicy' | 'version'> = {},
): Promise<Run> {
	const fields = await client.object({
		method: 'GET',
		path: `/workflows/${encodeURIComponent(workflowId)}`,
		purpose: { action: 'get the status of the run', ids: { workflowId } },
		...(retryPolicy === undefined ? {} : { retryPolicy }),
		...(version === undefined ? {} : { version }),
	});
	return readRun(fields, version);
}

function isEmpty({ body }: Response): boolean {
	return body === undefined || body === null || body === '';
}

/**
 * `GET /workflows/{workflowId}/result`.
 *
 * @returns nothing when there is none: 404, 409 and an empty body are all plausible before completion, and the
 *   vendor does not say which it is
 */
export async function getResult(
	client: Client,
	workflowId: string,
	version?: 2,
): Promise<IDataObject | undefined> {
	const call: Request = {
		...(version === undefined ? {} : { version }),
		method: 'GET',
		path: `/workflows/${encodeURIComponent(workflowId)}/result`,
		purpose: { action: 'get the result of the run', ids: { workflowId } },
	};
	const node = client.context.getNode();
	const answer = await client.send(call);
	if (answer.status === 404 || answer.status === 409) return undefined;
	if (isEmpty(successful(node, call, answer))) return undefined;
	if (isJsonObject(answer.body)) return answer.body;
	throw unreadable(node, call, answer);
}
