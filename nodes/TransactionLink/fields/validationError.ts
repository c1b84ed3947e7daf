import { NodeOperationError } from 'n8n-workflow';
import type { ItemContext } from '../operation';

/**
 * Says no to what a field holds, before any request is sent.
 *
 * @param field its label in the panel
 * @param finding what is wrong with it, to follow the label: "is empty"
 * @param expected what to enter instead, as a sentence without a full stop
 */
export function validationError(
	{ context, index }: ItemContext,
	field: string,
	finding: string,
	expected: string,
): NodeOperationError {
	return new NodeOperationError(context.getNode(), `${field} ${finding}`, {
		description: `${expected}. Nothing was sent to TransactionLink for this item.`,
		itemIndex: index,
	});
}
