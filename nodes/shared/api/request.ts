import type { IHttpRequestMethods } from 'n8n-workflow';
import type { IdName } from '../contract/nouns';
import type { Form } from '../http/form';

/** What a request is for, in words that fit into a sentence. */
export interface Purpose {
	/** As in "TransactionLink could not ...": "create the case". */
	action: string;
	/** The IDs that the request contains: a 404 means that one of them does not exist. */
	ids?: Partial<Record<IdName, string>>;
}

/** One request of the contract, ready to be sent. */
export interface Request {
	method: IHttpRequestMethods;
	/** Below the base URL, ids encoded. */
	path: string;
	query?: Record<string, string>;
	/** Sent as JSON. */
	body?: object;
	/** Sent as a multipart form, in place of a body. */
	form?: Form;
	/** What is asked for, where that is not JSON. */
	accept?: string;
	/** v1 and v2 share their paths; nothing asks for v1, and v3 does not look at it. */
	version?: 2;
	/**
	 * Whether a repetition cannot do anything twice (RFC 9110, section 9.2.2): by default only that of a GET. After
	 * trouble on the way, nothing else may be repeated, and it is open whether it happened.
	 */
	idempotent?: boolean;
	purpose: Purpose;
	/** Where this call has less time than others. */
	retryPolicy?: RetryPolicy;
}

/** How long and how often TransactionLink is asked before it is given up. */
export interface RetryPolicy {
	/** Times a call is sent at most. */
	attempts: number;
	/** For one attempt. */
	timeoutMilliseconds: number;
}

/** Whether a request may be repeated whatever happened to it. */
export function isIdempotent({ method, idempotent }: Request): boolean {
	return idempotent ?? method === 'GET';
}
