import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

import { listen } from '../../sandbox/listen.mts';

/** A delivery as it arrived. */
export interface Arrival {
	headers: [name: string, value: string][];
	body: Buffer;
}

function headersOf({ rawHeaders }: IncomingMessage): [string, string][] {
	return rawHeaders.flatMap((name, index): [string, string][] =>
		index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? '']] : [],
	);
}

/**
 * Listens on 127.0.0.1 until one delivery was recorded. The sender gets its 200 after that.
 *
 * @param port 0 for any free one
 * @param ready gets the address
 * @throws Node.js's own error when the port is taken, and what `record` throws
 */
export async function takeOneDelivery(
	port: number,
	ready: (address: string) => void,
	record: (arrival: Arrival) => Promise<void>,
): Promise<void> {
	const server = createServer();
	const recorded = new Promise<void>((resolve, reject) => {
		let isBusy = false;
		server.on('request', async (request, response) => {
			const end = (status: number) => response.writeHead(status, { connection: 'close' }).end();
			if (request.method !== 'POST' || isBusy) return void end(isBusy ? 503 : 405);
			isBusy = true;
			const [done] = await Promise.allSettled([
				buffer(request).then((body) => record({ headers: headersOf(request), body })),
			]);
			response.once('close', () => {
				if (done.status === 'fulfilled') resolve();
				else reject(done.reason instanceof Error ? done.reason : new Error(String(done.reason)));
			});
			end(done.status === 'fulfilled' ? 200 : 500);
		});
	});
	const listener = await listen(server, port);
	ready(`${listener.url}/`);
	await recorded.finally(async () => await listener.close());
}
