import { NodeApiError, UserError } from 'n8n-workflow';

const MARK = /^NOT_SENT:(transient|permanent):(\w+)$/;

/** Details of a request that was not sent. */
export interface NotSentDetails {
	description: string;
	/** Machine-readable, in upper case. */
	code: string;
	/** Whether the reason is transient. */
	isTransient: boolean;
	/** The pause that the server requested, in milliseconds. */
	retryAfter?: number | undefined;
}

/** Thrown when a request was not sent, so that it had no effect. */
export class NotSentError extends UserError {
	/** Not named `code`, because n8n's credential test shows a property of that name instead of the message. */
	readonly reason: string;

	readonly isTransient: boolean;

	readonly retryAfter: number | undefined;

	/** The only property that n8n 1 keeps when it wraps an error, so it contains code and kind. */
	readonly httpCode: string;

	constructor(message: string, { description, code, isTransient, retryAfter }: NotSentDetails) {
		super(message, { description });
		this.reason = code;
		this.isTransient = isTransient;
		this.retryAfter = retryAfter;
		this.httpCode = `NOT_SENT:${isTransient ? 'transient' : 'permanent'}:${code}`;
	}
}

/** The `NotSentError` that n8n 1 wrapped in its own error; undefined for any other error. */
export function unwrappedByMark(thrown: NodeApiError): NotSentError | undefined {
	const mark = MARK.exec(thrown.httpCode ?? '');
	if (mark === null) return undefined;
	return new NotSentError(thrown.message, {
		description: thrown.description ?? '',
		code: mark[2] ?? '',
		isTransient: mark[1] === 'transient',
	});
}
