import { NodeOperationError, type INode } from 'n8n-workflow';

import { FieldReading, type FieldContext } from '../../../nodes/shared/fields/field.ts';

const NODE: INode = {
	id: 'node',
	name: 'TransactionLink',
	type: 'transactionLink',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** A panel whose fields contain these values, or else their defaults. */
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

/** The place of a field in an empty panel. */
export const place = (timeZone?: string): FieldReading =>
	new FieldReading(panel({}, timeZone), 'The Field', 'Enter what is expected');

/** The result of a reader: its value, or the heading and the advice of its rejection. */
export type ReadResult<T> = { value: T } | { heading: string; advice: string };

/** Returns the value or the rejection of a reader. Rethrows any other error, which is a crash. */
export function resultOf<T>(read: () => T): ReadResult<T> {
	try {
		return { value: read() };
	} catch (thrown) {
		if (!(thrown instanceof NodeOperationError)) throw thrown;
		return { heading: thrown.message, advice: String(thrown.description) };
	}
}
