import { isObject } from '../json';

/** A complete HTTP response. */
export interface Response {
	status: number;
	headers: Record<string, unknown>;
	/** Parsed JSON; a text when it is not JSON; an empty text when there is no body. */
	body: unknown;
	/** Whether the body was larger than any response may be. It was not read to its end, and `body` is empty. */
	isOversized?: boolean;
}

/** The status line and headers of a response, and its body as n8n's request helper passed it on. */
export interface ResponseHead {
	status: number;
	headers: Record<string, unknown>;
	body: unknown;
}

/**
 * Reads the full response of n8n's request helper.
 *
 * @param response `{ statusCode, headers, body }`
 * @returns with the status 0 where it has none
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

/** Whether a body is an HTML page: no API sends one, so a proxy or another server did. */
export function isWebPage({ body }: Pick<Response, 'body'>): boolean {
	return typeof body === 'string' && /^\s*(<!--|<!doctype|<\?xml|<html|<head|<body)/i.test(body);
}

/** Whether the server stated that there is no body: nothing else proves that none was lost on the way. */
export function isStatedEmpty(response: Response): boolean {
	if (response.body !== '' || response.isOversized === true) return false;
	return response.status === 204 || header(response, 'content-length')?.trim() === '0';
}
