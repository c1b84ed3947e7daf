import { NodeOperationError, type INode } from 'n8n-workflow';

import { Place, type FieldContext } from '../../../nodes/shared/fields/field.ts';

const NODE: INode = {
	id: 'node',
	name: 'TransactionLink',
	type: 'transactionLink',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** A panel whose fields hold these values; any other field holds its default. */
export function panel(values: Record<string, unknown> = {}, timeZone = 'UTC'): FieldContext {
	return {
		value: (name, fallback) => (Object.hasOwn(values, name) ? values[name] : fallback),
		rejection: (heading, description) => new NodeOperationError(NODE, heading, { description }),
		inputJson: () => ({}),
		isExpression: () => false,
		note: () => undefined,
		timeZone: () => timeZone,
	};
}

/** The place of one field in it. */
export const place = (timeZone?: string): Place =>
	new Place(panel({}, timeZone), 'The Field', 'Enter what is expected');

/** What a reader says: its value, or the heading and the advice of its rejection. */
export type Said<T> = { value: T } | { heading: string; advice: string };

/** Reads, and takes a rejection for an answer; anything else that is thrown is a crash. */
export function said<T>(read: () => T): Said<T> {
	try {
		return { value: read() };
	} catch (thrown) {
		if (!(thrown instanceof NodeOperationError)) throw thrown;
		return { heading: thrown.message, advice: String(thrown.description) };
	}
}
