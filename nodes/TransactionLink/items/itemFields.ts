import { NodeOperationError, type IExecuteFunctions, type INodeParameters } from 'n8n-workflow';
import type { FieldContext } from '../../shared/fields/field';
import { valuesIn } from '../../shared/contract/mask';
import { defined } from '../../shared/json';

/** A whole collection can be an expression, and then each of its fields is one. */
function isExpressionAt(parameters: object, path: string): boolean {
	let value: unknown = parameters;
	for (const name of path.split('.')) {
		if (typeof value !== 'object' || value === null) break;
		value = Reflect.get(value, name);
	}
	return typeof value === 'string' && value.startsWith('=');
}

/**
 * The context that the action node's fields are read from.
 *
 * @param parameters as the user entered them; read once, because n8n copies the whole node each time
 * @param index of the input item; omitted for values that are the same for all items
 */
export function itemFields(
	context: IExecuteFunctions,
	parameters: INodeParameters,
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
		isExpression: (path) => isExpressionAt(parameters, path),
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
