import { isObject } from '../json';

/** A complete HTTP response. */
export interface Response {
	status: number;
	headers: Record<string, unknown>;
	/** Parsed JSON; a text if it is not JSON; an empty text if there is no body. */
	body: unknown;
	/** Whether the body exceeded the size limit. It was not read to its end, and `body` is empty. */
	isOversized?: boolean;
}

/** The status and headers of a response, and its body from n8n's request helper. */
export interface ResponseHead {
	status: number;
	headers: Record<string, unknown>;
	body: unknown;
}

/**
 * Reads the full response of n8n's request helper.
 *
 * @param response `{ statusCode, headers, body }`
 * @returns with the status 0 if there is none
 */
export function readHead(response: unknown): ResponseHead {
	const { statusCode, headers, body } = isObject(response) ? response : {};
	return {
		status: typeof statusCode === 'number' ? statusCode : 0,
		headers: isObject(headers) ? { ...headers } : {},
		body,
	};
}

/**
 * A header of a response as text.
 *
 * @param name in lower case
 */
export function header(
	{ headers }: Pick<ResponseHead, 'headers'>,
	name: string,
): string | undefined {
	const value = headers[name];
	if (Array.isArray(value)) return typeof value[0] === 'string' ? value[0] : undefined;
	return typeof value === 'string' ? value : undefined;
}

/** Whether a body is an HTML page, which a proxy or another server sent instead of the API. */
export function isWebPage({ body }: Pick<Response, 'body'>): boolean {
	return typeof body === 'string' && /^\s*(<!--|<!doctype|<\?xml|<html|<head|<body)/i.test(body);
}

/** Whether the server declared the body empty: nothing else proves that it was not lost on the way. */
export function isStatedEmpty(response: Response): boolean {
	if (response.body !== '' || response.isOversized === true) return false;
	return response.status === 204 || header(response, 'content-length')?.trim() === '0';
}
