import type { IHttpRequestMethods } from 'n8n-workflow';
import type { Purpose } from './errors';
import type { Form } from '../http/form';

/** One call of the contract, ready to be sent. */
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
