import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

import { listen } from '../../sandbox/listen.mts';

export type Header = [name: string, value: string];

/** A delivery as it arrived, with header names in lower case. */
export interface Delivery {
	headers: Header[];
	body: Buffer;
}

/**
 * Listens on 127.0.0.1 for one delivery.
 *
 * @param port 0 for any free one
 * @returns the delivery; `acknowledge` responds 200 to its sender, if that has not disconnected
 * @throws Node.js's own error when the port is taken or invalid
 */
export async function takeOneDelivery(
	port: number,
): Promise<Delivery & { acknowledge: () => Promise<void> }> {
	const server = createServer();
	const arrived = new Promise<Delivery & { response: ServerResponse }>((resolve) => {
		server.on('request', (request: IncomingMessage, response) => {
			if (request.method !== 'POST') return response.writeHead(405).end();
			const named = Object.entries(request.headers);
			const headers = named.map(([name, value]): Header => [name, String(value)]);
			// A sender that disconnects within the body may send the delivery again.
			return buffer(request).then(
				(body) => resolve({ headers, body, response }),
				() => undefined,
			);
		});
	});
	const { url } = await listen(server, port);
	console.log(`Waiting for one delivery: ${url}/`);
	const { response, ...delivery } = await arrived;
	return {
		...delivery,
		async acknowledge() {
			response.writeHead(200, { connection: 'close' }).end();
			if (!response.destroyed) await once(response, 'close');
		},
	};
}
