import type { IDataObject } from 'n8n-workflow';
import { type Response } from '../http/response';
import { isJsonObject } from '../json';
import { isOversized } from '../http/bounds';
import type { Request } from './request';
import type { Client } from './client';
import { oversized, refused, unreadable } from './errors';
import { isRefusal } from '../contract/errorBody';

/**
 * Sends a call whose answer is a JSON object.
 *
 * @returns the answer's body as it came: what the contract says of its fields is a promise of the vendor, not a
 *   check of ours
 * @throws NodeApiError in words for the person when the answer is anything but a success that can be read
 */
export async function ask(connection: Client, call: Request): Promise<IDataObject> {
	const answer = await succeed(connection, call);
	if (isJsonObject(answer.body)) return answer.body;
	throw unreadable(connection.context.getNode(), call.purpose, answer);
}

/** The same for a call whose answer is a list of JSON objects. */
export async function askForList(connection: Client, call: Request): Promise<IDataObject[]> {
	const answer = await succeed(connection, call);
	const { body } = answer;
	if (Array.isArray(body) && body.every(isJsonObject)) return body;
	throw unreadable(connection.context.getNode(), call.purpose, answer);
}

async function succeed(connection: Client, call: Request): Promise<Response> {
	return accepted(connection, call, await connection.send(call));
}

/**
 * Sees to it that an answer is a success that can be handed on.
 *
 * @throws NodeApiError in words for the person when it is not
 */
export function accepted(connection: Client, call: Request, answer: Response): Response {
	const node = connection.context.getNode();
	const isSuccess = answer.status >= 200 && answer.status <= 299;
	if (!isSuccess || isRefusal(answer.body)) throw refused(node, call.purpose, answer);
	if (isOversized(answer)) throw oversized(node, call.purpose);
	return answer;
}

/** An id or a word in an answer as text; nothing when it is not there. */
export function textIn(value: unknown): string | undefined {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : undefined;
}
