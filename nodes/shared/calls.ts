import type { IDataObject } from 'n8n-workflow';
import { isJsonObject, type Answer } from './answer';
import type { Call, Connection } from './connection';
import { refused, unreadable } from './failure';
import type { components } from './wire';

type Schemas = components['schemas'];

export type NewCase = Schemas['NewCase'];
export type Document = Schemas['Document'];
export type Parameters = Schemas['Parameters'];
export type RunForCase = Schemas['RunForCase'];

/** A run as far as the node has to understand it; the rest of the answer goes out as it came. */
export interface Run {
	/** Empty when the answer did not tell. */
	status: string;
	fields: IDataObject;
}

async function ask(connection: Connection, call: Call): Promise<IDataObject> {
	const answer = await connection.send(call);
	const node = connection.context.getNode();
	if (answer.status < 200 || answer.status > 299) throw refused(node, call.purpose, answer);
	if (!isJsonObject(answer.body)) throw unreadable(node, call.purpose, answer);
	return answer.body;
}

function text(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function asRun(fields: IDataObject): Run {
	return { status: text(fields.status), fields };
}

function runCalled(workflowId: string) {
	return {
		subject: `a run with the ID ${workflowId}`,
		whereToFind:
			'The ID of a run is the field "id" in the output of Workflow → Run. The ID of a workflow definition or of a case does not fit here.',
		creates: false,
	};
}

/** `POST /cases`. @returns the case; its id is `caseId` */
export async function createCase(connection: Connection, body: NewCase): Promise<IDataObject> {
	return await ask(connection, {
		method: 'POST',
		path: '/cases',
		body,
		purpose: { action: 'create the case', creates: true },
	});
}

/** `GET /cases/{caseId}`. */
export async function getCase(connection: Connection, caseId: string): Promise<IDataObject> {
	return await ask(connection, {
		method: 'GET',
		path: `/cases/${encodeURIComponent(caseId)}`,
		purpose: {
			action: 'get the case',
			subject: `a case with the ID ${caseId}`,
			whereToFind: 'The ID of a case is the field "caseId" in the output of Case → Create.',
			creates: false,
		},
	});
}

/** `POST /parameters`. @returns the saved set as it came */
export async function createParameterSet(
	connection: Connection,
	workflowDefinitionId: string,
	parameters: Parameters,
): Promise<IDataObject> {
	return await ask(connection, {
		method: 'POST',
		path: '/parameters',
		body: { workflowDefinitionId, parameters },
		purpose: {
			action: 'save the parameters',
			subject: `a workflow definition with the ID ${workflowDefinitionId}`,
			whereToFind: 'The ID of a workflow definition stands in the TransactionLink dashboard.',
			creates: true,
		},
	});
}

/** The id of a saved set. The vendor does not document which field holds it; one of these two is expected. */
export function parametersIdOf(set: IDataObject): string | undefined {
	return text(set.id) || text(set.parametersId) || undefined;
}

/** `POST /workflows/run` for a case (v1). @returns the run; its id is `id` */
export async function runForCase(connection: Connection, body: RunForCase): Promise<Run> {
	const { caseId, workflowDefinitionId, parametersId } = body;
	const set = parametersId === undefined ? '' : `, or the parameter set ${parametersId}`;
	return asRun(
		await ask(connection, {
			method: 'POST',
			path: '/workflows/run',
			body,
			purpose: {
				action: 'run the workflow',
				subject: `the workflow definition ${workflowDefinitionId}, the case ${caseId}${set}`,
				whereToFind:
					'The ID of a workflow definition stands in the TransactionLink dashboard, that of a case in the output of Case → Create.',
				creates: true,
			},
		}),
	);
}

/** `GET /workflows/{workflowId}`: the same in every generation of the API. */
export async function getWorkflow(connection: Connection, workflowId: string): Promise<Run> {
	return asRun(
		await ask(connection, {
			method: 'GET',
			path: `/workflows/${encodeURIComponent(workflowId)}`,
			purpose: { action: 'get the status of the run', ...runCalled(workflowId) },
		}),
	);
}

function isEmpty({ body }: Answer): boolean {
	return body === undefined || body === null || body === '';
}

/**
 * `GET /workflows/{workflowId}/result`.
 *
 * @returns nothing when there is none: 404, 409 and an empty body are all plausible before completion, and the
 *   vendor does not say which it is
 */
export async function getResult(
	connection: Connection,
	workflowId: string,
): Promise<IDataObject | undefined> {
	const call: Call = {
		method: 'GET',
		path: `/workflows/${encodeURIComponent(workflowId)}/result`,
		purpose: { action: 'get the result of the run', ...runCalled(workflowId) },
	};
	const answer = await connection.send(call);
	if (answer.status === 404 || answer.status === 409) return undefined;
	const node = connection.context.getNode();
	if (answer.status < 200 || answer.status > 299) throw refused(node, call.purpose, answer);
	if (isEmpty(answer)) return undefined;
	if (!isJsonObject(answer.body)) throw unreadable(node, call.purpose, answer);
	return answer.body;
}

/**
 * `GET /auth/webhooks/key/{kid}?pem=true`.
 *
 * @param kid checked to be a UUID by the caller
 * @returns the whole answer, because the trigger reads more out of its status than yes or no
 */
export async function getWebhookKey(connection: Connection, kid: string): Promise<Answer> {
	return await connection.send({
		method: 'GET',
		path: `/auth/webhooks/key/${encodeURIComponent(kid)}`,
		query: { pem: 'true' },
		purpose: { action: 'get the key of the webhook', creates: false },
	});
}
