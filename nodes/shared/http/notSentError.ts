import { NodeApiError, UserError } from 'n8n-workflow';

const MARK = /^NOT_SENT:(transient|permanent):(\w+)$/;

/** What is known about a request that was not sent. */
export interface NotSentDetails {
	description: string;
	/** Machine-readable, in capitals. */
	code: string;
	/** Whether the reason usually disappears by itself. */
	isTransient: boolean;
	/** How long the server asked to wait, in milliseconds. */
	retryAfter?: number | undefined;
}

/** Thrown when a request was not sent at all, so that it cannot have had an effect. */
export class NotSentError extends UserError {
	/** Not called `code`: n8n's credential test shows a property of that name in place of the message. */
	readonly reason: string;

	readonly isTransient: boolean;

	readonly retryAfter: number | undefined;

	/** The one property that n8n 1 keeps when it wraps an error in its own, so it carries code and kind. */
	readonly httpCode: string;

	constructor(message: string, { description, code, isTransient, retryAfter }: NotSentDetails) {
		super(message, { description });
		this.reason = code;
		this.isTransient = isTransient;
		this.retryAfter = retryAfter;
		this.httpCode = `NOT_SENT:${isTransient ? 'transient' : 'permanent'}:${code}`;
	}
}

/** The `NotSentError` that n8n 1 wrapped in an error of its own; nothing for any other error. */
export function unwrappedByMark(thrown: NodeApiError): NotSentError | undefined {
	const mark = MARK.exec(thrown.httpCode ?? '');
	if (mark === null) return undefined;
	return new NotSentError(thrown.message, {
		description: thrown.description ?? '',
		code: mark[2] ?? '',
		isTransient: mark[1] === 'transient',
	});
}
