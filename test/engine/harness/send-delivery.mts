import { request as startRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';

import { readBody } from './local-server.mts';

/** A request to a webhook. */
export interface Delivery {
	/** Names in lower case. `content-type` is `application/json` by default. */
	headers?: Record<string, string>;
	/** The body, which is sent unchanged. */
	rawBody: Buffer;
	/** `POST` by default. */
	method?: string;
	/** Aborting it closes the connection. */
	abort?: AbortSignal;
}

/** The response that the sender receives. */
export interface DeliveryResponse {
	status: number;
	headers: IncomingHttpHeaders;
	body: string;
}

/**
 * Sends a delivery over a new connection.
 *
 * @returns the response, and the sender's port, by which the receiver identifies the request
 * @throws when the request is aborted, or the connection closes without a response
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
	const received = new Promise<IncomingMessage>((resolve, reject) => {
		request.once('response', resolve);
		request.once('error', reject);
	});
	request.end(rawBody);
	const response = await received;
	const { localPort } = response.socket;
	const body = await readBody(response);
	return {
		status: response.statusCode ?? 0,
		headers: response.headers,
		body: body.toString(),
		localPort,
	};
}
