import { isAxiosError } from 'axios';
import { localHttp } from '../local-http.mts';

import { textAt } from '../json.mts';
import { TIMEOUT_MILLISECONDS } from '../waiting.mts';

/** An error response of n8n, with its message and HTTP status. */
export class N8nError extends Error {
	readonly status: number;

	constructor(status: number, message: string) {
		super(message);
		this.status = status;
	}
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/**
 * Sends one request to an endpoint of n8n's editor.
 *
 * @param path the part after "/rest"
 * @param content the JSON body, or the query of a GET
 * @throws N8nError when the response is not 2xx
 */
export async function sendToN8n<Data>(
	{ url, cookie }: { url: string; cookie?: string },
	method: Method,
	path: string,
	content: object = {},
) {
	try {
		return await localHttp.request<{ data: Data }>({
			method,
			url: `${url}/rest${path}`,
			timeout: TIMEOUT_MILLISECONDS,
			headers: { Cookie: cookie },
			...(method === 'GET' ? { params: content } : { data: content }),
		});
	} catch (error) {
		if (!isAxiosError<unknown>(error) || error.response === undefined) throw error;
		const { status, data } = error.response;
		const message = textAt(data, 'message') ?? JSON.stringify(data);
		throw new N8nError(status, `n8n responded ${status} to ${method} /rest${path}: ${message}`);
	}
}
