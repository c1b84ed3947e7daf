import { request as startRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';

import { readBody } from './local-server.mts';

/** What is sent to a webhook. */
export interface Delivery {
	/** `content-type: application/json` unless told; names in small letters. */
	headers?: Record<string, string>;
	/** The bytes as they go out: nothing puts them into another form. */
	rawBody: Buffer;
	/** `POST` unless told. */
	method?: string;
	/** Hangs up when it is aborted. */
	abort?: AbortSignal;
}

/** What the sender got. */
export interface DeliveryResponse {
	status: number;
	headers: IncomingHttpHeaders;
	body: string;
}

/**
 * Sends a delivery over a connection of its own.
 *
 * @returns the answer, and the sender's port, by which the other side can tell whose request it was
 * @throws when it was aborted, or when the other side hung up without an answer
 */
export async function sendDelivery(
	url: string,
	{ headers, rawBody, method = 'POST', abort }: Delivery,
): Promise<DeliveryResponse & { localPort: number | undefined }> {
	const request = startRequest(url, {
		method,
		agent: false,
		headers: { 'content-type': 'application/json', 'content-length': rawBody.length, ...headers },
		...(abort === undefined ? {} : { signal: abort }),
	});
	const answered = new Promise<IncomingMessage>((resolve, reject) => {
		request.once('response', resolve);
		request.once('error', reject);
	});
	request.end(rawBody);
	const response = await answered;
	const { localPort } = response.socket;
	const body = await readBody(response);
	return {
		status: response.statusCode ?? 0,
		headers: response.headers,
		body: body.toString(),
		localPort,
	};
}
