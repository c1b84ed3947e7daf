import type { IDataObject } from 'n8n-workflow';
import { type Response } from '../http/response';
import { isJsonObject } from '../json';
import { accepted, ask, textIn } from './ask';
import type { Request } from './request';
import type { Client } from './client';
import { unreadable } from './errors';
import type { components } from '../contract/wire.generated';

// The calls that more than one room makes. One that a single operation makes stands with that operation.

type Schemas = components['schemas'];

export type NewCase = Schemas['NewCase'];
export type Document = Schemas['Document'];
export type WorkflowParameters = Schemas['Parameters'];

/** A run as far as the node has to understand it; the rest of the answer goes out as it came. */
export interface Run {
	/** Empty when the answer did not tell. */
	status: string;
	fields: IDataObject;
	/** The version of the API that it was started with, where that is known. */
	version?: 2;
}

/** Reads the answer to a call that starts a run or asks for one. */
export function asRun(fields: IDataObject): Run {
	return { status: textIn(fields.status) ?? '', fields };
}

function runCalled(workflowId: string) {
	return {
		subject: `a run with the ID ${workflowId}`,
		whereToFind:
			'The ID of a run is the field "id" in the output of Workflow → Run or Start Execution. ' +
			'The ID of a workflow definition or of a case does not fit here.',
		creates: false,
	};
}

/** Where a person finds the id of a definition. */
export const WHERE_DEFINITIONS_ARE =
	'The ID of a workflow definition stands in the TransactionLink dashboard.';

/** `POST /cases`. @returns the case; its id is `caseId` */
export async function createCase(connection: Client, body: NewCase): Promise<IDataObject> {
	return await ask(connection, {
		method: 'POST',
		path: '/cases',
		body,
		purpose: { action: 'create the case', creates: true },
	});
}

/** `POST /parameters`. @returns the saved set as it came */
export async function createParameterSet(
	connection: Client,
	workflowDefinitionId: string,
	parameters: WorkflowParameters,
): Promise<IDataObject> {
	return await ask(connection, {
		method: 'POST',
		path: '/parameters',
		body: { workflowDefinitionId, parameters },
		purpose: {
			action: 'save the parameters',
			subject: `a workflow definition with the ID ${workflowDefinitionId}`,
			whereToFind: WHERE_DEFINITIONS_ARE,
			creates: true,
		},
	});
}

/** The id of a saved set. The vendor does not document which field holds it; one of these two is expected. */
export function parametersIdOf(set: IDataObject): string | undefined {
	return textIn(set.id) ?? textIn(set.parametersId);
}

/** `GET /workflows/{workflowId}`: the same in every generation of the API. */
export async function getWorkflow(
	connection: Client,
	workflowId: string,
	{ retryPolicy, version }: Pick<Request, 'retryPolicy' | 'version'> = {},
): Promise<Run> {
	const fields = await ask(connection, {
		method: 'GET',
		path: `/workflows/${encodeURIComponent(workflowId)}`,
		purpose: { action: 'get the status of the run', ...runCalled(workflowId) },
		...(retryPolicy === undefined ? {} : { retryPolicy }),
		...(version === undefined ? {} : { version }),
	});
	return { ...asRun(fields), ...(version === undefined ? {} : { version }) };
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
	connection: Client,
	workflowId: string,
	version?: 2,
): Promise<IDataObject | undefined> {
	const call: Request = {
		...(version === undefined ? {} : { version }),
		method: 'GET',
		path: `/workflows/${encodeURIComponent(workflowId)}/result`,
		purpose: { action: 'get the result of the run', ...runCalled(workflowId) },
	};
	const answer = await connection.send(call);
	if (answer.status === 404 || answer.status === 409) return undefined;
	if (isEmpty(accepted(connection, call, answer))) return undefined;
	if (isJsonObject(answer.body)) return answer.body;
	throw unreadable(connection.context.getNode(), call.purpose, answer);
}
