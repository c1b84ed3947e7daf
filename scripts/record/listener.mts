import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

import { listen } from '../../sandbox/listen.mts';

export type Header = [name: string, value: string];

/** A delivery as it arrived. */
export interface Delivery {
	/** Names are in lower case. */
	headers: Header[];
	body: Buffer;
}

/**
 * Listens on 127.0.0.1 for one delivery. Its sender gets a 200 only after the delivery is processed.
 *
 * @param port 0 for any free one
 * @throws Node.js's own error when the port is taken or invalid, and what `process` throws
 */
export async function takeOneDelivery(
	port: number,
	process: (delivery: Delivery) => Promise<void>,
): Promise<void> {
	const server = createServer();
	const arrived = new Promise<[IncomingMessage, ServerResponse]>((resolve) => {
		server.on('request', (request, response) => {
			if (request.method === 'POST') resolve([request, response]);
			else response.writeHead(405).end();
		});
	});
	const { url, close } = await listen(server, port);
	console.log(`Waiting for one delivery: ${url}/`);
	const [request, response] = await arrived;
	// Before processing, because the sender may disconnect meanwhile.
	const closed = once(response, 'close');
	try {
		const named = Object.entries(request.headers);
		const headers = named.map(([name, value]): Header => [name, String(value)]);
		await process({ headers, body: await buffer(request) });
		response.writeHead(200, { connection: 'close' }).end();
		await closed;
	} finally {
		await close();
	}
}
