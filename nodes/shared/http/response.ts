import { isObject } from '../json';

/** What came back over HTTP, whatever its status. */
export interface Response {
	status: number;
	headers: Record<string, unknown>;
	/** Parsed JSON; a string when it was not JSON or was broken; empty when there was nothing. */
	body: unknown;
}

/**
 * Reads the full response of n8n's request helper.
 *
 * @param response `{ statusCode, headers, body }`
 * @returns with the status 0 where it has none
 */
export function readResponse(response: unknown): Response {
	const { statusCode, headers, body } = isObject(response) ? response : {};
	return {
		status: typeof statusCode === 'number' ? statusCode : 0,
		headers: isObject(headers) ? { ...headers } : {},
		body,
	};
}

/**
 * Finds the answer inside what n8n's request helper throws for a status of 400 and above: a `NodeApiError`
 * whose cause is the request library's own error.
 *
 * @returns nothing when there was no answer at all
 */
export function responseInside(thrown: unknown): Response | undefined {
	for (const layer of layers(thrown)) {
		const { response } = layer;
		if (isObject(response) && typeof response.status === 'number') {
			return {
				status: response.status,
				headers: isObject(response.headers) ? { ...response.headers } : {},
				body: response.data,
			};
		}
	}
	return undefined;
}

/**
 * The code of what kept an answer from coming, such as `ECONNREFUSED`.
 */
export function codeInside(thrown: unknown): string | undefined {
	for (const layer of layers(thrown)) {
		if (typeof layer.code === 'string') return layer.code;
	}
	return undefined;
}

/** An error, its cause, the cause of that, and so on, outermost first; bounded, because a cause may be itself. */
export function layers(thrown: unknown): Array<Record<string, unknown>> {
	const found: Array<Record<string, unknown>> = [];
	let layer = thrown;
	while (isObject(layer) && found.length < 5) {
		found.push(layer);
		layer = layer.cause;
	}
	return found;
}

/**
 * A header of an answer as text.
 *
 * @param name in lower case
 */
export function header(answer: Response, name: string): string | undefined {
	const value = answer.headers[name];
	if (Array.isArray(value)) return typeof value[0] === 'string' ? value[0] : undefined;
	return typeof value === 'string' ? value : undefined;
}
