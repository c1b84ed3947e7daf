import type { IHttpRequestMethods, IHttpRequestOptions } from 'n8n-workflow';
import type { IdName } from '../contract/nouns';
import type { Form } from '../http/form';
import { defined } from '../json';

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
	/** Names and values, not encoded; a name may be there several times. */
	query?: ReadonlyArray<readonly [string, string]>;
	/** Sent as JSON. */
	body?: object;
	/** Sent as a multipart form, in place of a body. */
	form?: Form;
	/** The wanted media type, where that is not JSON. */
	accept?: string;
	/** v1 and v2 share their paths; v1 is the default of the API, and v3 ignores the version. */
	version?: 2;
	/**
	 * Whether a repetition cannot do anything twice (RFC 9110, section 9.2.2): by default only that of a GET. Any other
	 * request is repeated only when it surely had no effect.
	 */
	idempotent?: boolean;
	purpose: Purpose;
	/** Where this request has less time than others. */
	retryPolicy?: RetryPolicy;
}

/** How long and how often a request is sent. */
export interface RetryPolicy {
	/** How often it is sent at most. */
	attempts: number;
	/** The longest time of one attempt, in total. */
	timeoutMilliseconds: number;
	/** No further attempt begins after that; a minute by default. */
	totalMilliseconds?: number;
}

/** When a client stops. */
export interface Signals {
	/** n8n's cancel signal: ends everything at once. */
	cancel?: AbortSignal | undefined;
	/**
	 * The node's own end: no request is repeated after it, but those under way are finished, so that their result
	 * is known.
	 */
	stop?: AbortSignal | undefined;
}

/** Whether a request may be repeated whatever happened to it. */
export function isIdempotent({ method, idempotent }: Request): boolean {
	return idempotent ?? method === 'GET';
}

function queryOf(query: Request['query'] = []): string {
	const pairs = query.map((pair) => pair.map(encodeURIComponent).join('='));
	return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/** The options of n8n's request helper, but for what `Session` adds. */
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
