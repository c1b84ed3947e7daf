import type { IDataObject } from 'n8n-workflow';
import { isJsonObject } from './answer';
import type { Call, Connection } from './connection';
import { refused, unreadable } from './failure';

/**
 * Sends a call whose answer is a JSON object.
 *
 * @returns the answer's body as it came: what the contract says of its fields is a promise of the vendor, not a
 *   check of ours
 * @throws NodeApiError in words for the person when the answer is anything but a success that can be read
 */
export async function ask(connection: Connection, call: Call): Promise<IDataObject> {
	const answer = await connection.send(call);
	const node = connection.context.getNode();
	if (answer.status < 200 || answer.status > 299) throw refused(node, call.purpose, answer);
	if (!isJsonObject(answer.body)) throw unreadable(node, call.purpose, answer);
	return answer.body;
}

/** An id in an answer as text; nothing when it is not there. */
export function idIn(value: unknown): string | undefined {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : undefined;
}
