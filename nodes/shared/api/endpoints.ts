import type { IDataObject } from 'n8n-workflow';
import { isStatedEmpty } from '../http/response';
import { defined, isJsonObject, textIn } from '../json';
import { successful } from './success';
import type { Request } from './request';
import { readRun, type Run } from './run';
import type { Client } from './client';
import { unreadable } from './errors';
import type { components } from '../contract/wire.generated';

// Requests that several operations send. The request of a single operation is in that operation's file.

type Schemas = components['schemas'];

export type NewCase = Schemas['NewCase'];
export type Document = Schemas['Document'];
export type WorkflowParameters = Schemas['Parameters'];

/** For rejections of requests with parameters. */
export const CHECK_PARAMETERS = 'Check the values under Specify Parameters.';

/** `POST /cases`. @returns the case; its ID is `caseId` */
export async function createCase(client: Client, body: NewCase): Promise<IDataObject> {
	return await client.object({
		method: 'POST',
		path: '/cases',
		body,
		purpose: { action: 'create the case', creates: 'caseId' },
	});
}

/** `POST /parameters`. @returns the saved set, unchanged */
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
			creates: 'parametersId',
			ids: { workflowDefinitionId },
			check: CHECK_PARAMETERS,
		},
	});
}

/** The ID of a saved set. TransactionLink does not document its field; one of these two is expected. */
export function parametersIdOf(set: IDataObject): string | undefined {
	return textIn(set.id) ?? textIn(set.parametersId);
}

/** `GET /workflows/{workflowId}`: the same path in every generation of the API. */
export async function getWorkflow(
	client: Client,
	workflowId: string,
	{ retryPolicy, version }: Pick<Request, 'retryPolicy' | 'version'> = {},
): Promise<Run> {
	const fields = await client.object({
		method: 'GET',
		path: `/workflows/${encodeURIComponent(workflowId)}`,
		purpose: { action: 'get the status of the run', ids: { workflowId } },
		...defined({ retryPolicy, version }),
	});
	return readRun(fields, version);
}

/**
 * `GET /workflows/{workflowId}/result`.
 *
 * @returns undefined when TransactionLink has no result. A 404, a 409 and an empty body are plausible before
 *   completion, but not documented. A body that was lost on the way does not count as empty.
 */
export async function getResult(
	client: Client,
	workflowId: string,
	version?: 2,
): Promise<IDataObject | undefined> {
	const request: Request = {
		method: 'GET',
		path: `/workflows/${encodeURIComponent(workflowId)}/result`,
		purpose: { action: 'get the result of the run', ids: { workflowId } },
		...defined({ version }),
	};
	const response = await client.send(request);
	const isVendors = isJsonObject(response.body) || response.body === '';
	const isNone = (response.status === 404 || response.status === 409) && isVendors;
	if (isNone) return undefined;
	const { body } = successful(client.sent(request), response);
	if (isStatedEmpty(response) || body === null) return undefined;
	if (isJsonObject(body)) return body;
	throw unreadable(client.sent(request), response);
}
