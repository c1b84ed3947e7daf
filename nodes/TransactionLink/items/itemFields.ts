import { NodeOperationError, type IExecuteFunctions, type INodeParameters } from 'n8n-workflow';
import type { FieldContext } from '../../shared/fields/field';
import { valuesIn } from '../../shared/contract/mask';
import { defined } from '../../shared/json';

/** Whether the user entered an expression, by the path of the parameter. */
type IsExpression = FieldContext['isExpression'];

/**
 * Finds expressions among the parameters of a node. They are the same for all items, so each path is looked up once.
 *
 * @param parameters as the user entered them
 */
export function expressionsIn(parameters: INodeParameters): IsExpression {
	const known = new Map<string, boolean>();
	return (path) => {
		let found = known.get(path);
		if (found !== undefined) return found;
		let value: unknown = parameters;
		for (const name of path.split('.')) {
			// A whole collection can be an expression, and then each of its fields is one.
			if (typeof value !== 'object' || value === null) break;
			value = Reflect.get(value, name);
		}
		found = typeof value === 'string' && value.startsWith('=');
		known.set(path, found);
		return found;
	};
}

/**
 * The context that the action node's fields are read from.
 *
 * @param index of the input item; omitted for values that are the same for all items
 */
export function itemFields(
	context: IExecuteFunctions,
	isExpression: IsExpression,
	index?: number,
	note: FieldContext['note'] = () => {},
): FieldContext {
	const item = index ?? 0;
	const forWhom = index === undefined ? '' : ' for this item';
	return {
		value: (name, fallback) => context.getNodeParameter(name, item, fallback),
		rejection: (heading, advice) =>
			new NodeOperationError(context.getNode(), heading, {
				description: `${advice}. Nothing was sent to TransactionLink${forWhom}.`,
				...defined({ itemIndex: index }),
			}),
		isExpression,
		note,
		inputJson: () => context.getInputData()[item]?.json ?? {},
		timeZone: () => context.getTimezone(),
	};
}

/** The memory that a value takes besides its text, about, in characters. */
const VALUE_SIZE = 50;

/** Measures what is read from a context. `size` is the total so far, about, in characters. */
export function measured(fields: FieldContext): FieldContext & { size(): number } {
	let size = 0;
	return {
		...fields,
		value: (name, fallback) => {
			const value = fields.value(name, fallback);
			for (const text of valuesIn(value)) size += text.length + VALUE_SIZE;
			return value;
		},
		size: () => size,
	};
}
