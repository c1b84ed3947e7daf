import type { IHttpRequestMethods, IHttpRequestOptions } from 'n8n-workflow';
import type { IdName } from '../contract/nouns';
import type { Form } from '../http/form';
import { defined } from '../json';

/** The purpose of a request, as parts of a message. */
export interface Purpose {
	/** As in "TransactionLink could not ...": "create the case". */
	action: string;
	/** The IDs that the request contains: a 404 means that one of them does not exist. */
	ids?: Partial<Record<IdName, string>>;
	/** The ID of a created object, with which the user can continue. */
	creates?: IdName;
	/** What to check if TransactionLink rejects the request, as sentences. */
	check?: string;
	/** Whether the user entered the path: a 404 then refers to the path, not to the base URL. */
	isPathEntered?: boolean;
}

/** One request of the contract, ready to be sent. */
export interface Request {
	method: IHttpRequestMethods;
	/** Below the base URL, with encoded IDs. */
	path: string;
	/** Names and values, not encoded; a name can occur several times. */
	query?: ReadonlyArray<readonly [string, string]>;
	/** Sent as JSON. */
	body?: object;
	/** Sent as a multipart form instead of a body. */
	form?: Form;
	/** The requested media type, if it is not JSON. */
	accept?: string;
	/** v1 and v2 share their paths; v1 is the default of the API, and v3 ignores the version. */
	version?: 2;
	/**
	 * Whether a repetition has no additional effect (RFC 9110, section 9.2.2); by default only for a GET. Any other
	 * request is repeated only if it certainly had no effect.
	 */
	idempotent?: boolean;
	purpose: Purpose;
	/** For a request with less time than others. */
	retryPolicy?: RetryPolicy;
}

/** How often a request is sent, and how long it may take. */
export interface RetryPolicy {
	/** The largest number of attempts. */
	attempts: number;
	/** The total time of one attempt. */
	timeoutMilliseconds: number;
	/** No further attempt starts after that; a minute by default. */
	totalMilliseconds?: number;
}

/** The signals that stop a client. */
export interface Signals {
	/** n8n's cancel signal: ends everything immediately. */
	cancel?: AbortSignal | undefined;
	/** The node stops: no request is repeated, but pending ones are completed, so that their results are known. */
	stop?: AbortSignal | undefined;
}

/** Whether a request may be repeated after any failure. */
export function isIdempotent({ method, idempotent }: Request): boolean {
	return idempotent ?? method === 'GET';
}

function queryOf(query: Request['query'] = []): string {
	const pairs = query.map((pair) => pair.map(encodeURIComponent).join('='));
	return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/** The options of n8n's request helper, except those that `Session` adds. */
export function requestOptions(
	{ method, path, query, body, form, accept, version }: Request,
	baseUrl: string,
): IHttpRequestOptions {
	const versioned = version === 2 ? 'application/json;version=2' : 'application/json';
	return {
		method,
		url: `${baseUrl}${path}${queryOf(query)}`,
		headers: {
			Accept: accept ?? versioned,
			...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
		},
		...defined({
			// As text, because n8n leaves out a body that is an empty object.
			body: body === undefined ? form : JSON.stringify(body),
		}),
	};
}
