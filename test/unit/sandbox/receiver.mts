import { createServer } from 'node:http';
import { once } from 'node:events';
import { until } from './until.mts';

/** A webhook that arrived. */
export interface Arrival {
	body: Buffer;
	signature: string;
	contentType: string | undefined;
	/** Milliseconds since the receiver was opened. */
	at: number;
}

/** A response, or its status alone. */
export type Reply = number | { status: number; body: string };

/** n8n's response at a Test URL while its editor does not listen. */
export const N8N_IS_NOT_LISTENING: Reply = {
	status: 404,
	body: JSON.stringify({
		code: 404,
		message: 'The requested webhook "POST 7c1d" is not registered.',
		hint: "Click the 'Execute workflow' button on the canvas, then try again.",
	}),
};

/** A receiver of webhooks. */
export interface Receiver {
	address: string;
	arrivals: Arrival[];
	/** The next responses, in order: `null` for no response, and 204 once the list is empty. */
	statuses: (Reply | null)[];
	/** Waits until that many webhooks have arrived. */
	arrived(count: number): Promise<Arrival[]>;
	close: () => Promise<void>;
}

/** Opens a receiver of webhooks on a free port. */
export async function openReceiver(): Promise<Receiver> {
	const begin = performance.now();
	const arrivals: Arrival[] = [];
	const statuses: (Reply | null)[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const { 'jws-signature': signature, 'content-type': contentType } = request.headers;
			const at = performance.now() - begin;
			arrivals.push({ body: Buffer.concat(chunks), signature: String(signature), contentType, at });
			const next = statuses.length > 0 ? statuses.shift() : 204;
			const reply = typeof next === 'number' ? { status: next, body: '' } : next;
			// A sandbox that followed the redirect would send the webhook to this receiver again.
			if (reply) response.writeHead(reply.status, { location: '/followed' }).end(reply.body);
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The receiver has no port');
	return {
		address: `http://127.0.0.1:${address.port}/webhook`,
		arrivals,
		statuses,
		arrived: (count) =>
			until(`${count} webhooks`, () => (arrivals.length >= count ? arrivals : undefined)),
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
