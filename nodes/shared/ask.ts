import type { IDataObject } from 'n8n-workflow';
import { isJsonObject, type Answer } from './answer';
import { isOversized } from './bounds';
import type { Call } from './call';
import type { Connection } from './connection';
import { oversized, refused, unreadable } from './failure';
import { isRefusal } from './vendorWords';

/**
 * Sends a call whose answer is a JSON object.
 *
 * @returns the answer's body as it came: what the contract says of its fields is a promise of the vendor, not a
 *   check of ours
 * @throws NodeApiError in words for the person when the answer is anything but a success that can be read
 */
export async function ask(connection: Connection, call: Call): Promise<IDataObject> {
	const answer = await succeed(connection, call);
	if (isJsonObject(answer.body)) return answer.body;
	throw unreadable(connection.context.getNode(), call.purpose, answer);
}

/** The same for a call whose answer is a list of JSON objects. */
export async function askForList(connection: Connection, call: Call): Promise<IDataObject[]> {
	const answer = await succeed(connection, call);
	const { body } = answer;
	if (Array.isArray(body) && body.every(isJsonObject)) return body;
	throw unreadable(connection.context.getNode(), call.purpose, answer);
}

async function succeed(connection: Connection, call: Call): Promise<Answer> {
	return accepted(connection, call, await connection.send(call));
}

/**
 * Sees to it that an answer is a success that can be handed on.
 *
 * @throws NodeApiError in words for the person when it is not
 */
export function accepted(connection: Connection, call: Call, answer: Answer): Answer {
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
