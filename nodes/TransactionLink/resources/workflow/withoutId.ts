import { NodeApiError } from 'n8n-workflow';
import type { ItemContext } from '../../operation';

/** The error for a response that contains no ID of what it created. @param done such as "created the case" */
export function withoutId(
	{ context }: ItemContext,
	done: string,
	description: string,
): NodeApiError {
	const message = `TransactionLink ${done}, but the response contains no ID`;
	const error = new NodeApiError(context.getNode(), {}, { message, description });
	Object.assign(error.context, { code: 'RESPONSE_UNREADABLE', mayHaveHappened: true });
	return error;
}
