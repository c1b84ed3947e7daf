import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

import { listen } from '../../sandbox/listen.mts';

/** A delivery as it arrived. */
export interface Arrival {
	headers: [name: string, value: string][];
	body: Buffer;
}

const LARGEST_BODY = 1024 * 1024;

function headersOf({ rawHeaders }: IncomingMessage): [string, string][] {
	return rawHeaders.flatMap((name, index): [string, string][] =>
		index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? '']] : [],
	);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request) {
		const bytes = Buffer.from(chunk);
		size += bytes.length;
		if (size > LARGEST_BODY) return undefined;
		chunks.push(bytes);
	}
	return Buffer.concat(chunks);
}

const end = (response: ServerResponse, status: number): void =>
	void response.writeHead(status, { connection: 'close' }).end();

/** Takes a delivery in. @returns with which status to answer */
async function receive(
	request: IncomingMessage,
	take: (arrival: Arrival) => Promise<void>,
): Promise<200 | 413> {
	const body = await bodyOf(request);
	if (body === undefined) return 413;
	await take({ headers: headersOf(request), body });
	return 200;
}

/**
 * Listens on 127.0.0.1 until one delivery was taken. The sender gets its 200 when `take` is done; while it is not, or
 * when it did not succeed, the sender is told to come again.
 *
 * @param port 0 for any free one
 * @param ready gets the address
 * @throws Node's own error when the port is taken, and what `take` throws
 */
export async function takeOneDelivery(
	port: number,
	ready: (address: string) => void,
	take: (arrival: Arrival) => Promise<void>,
): Promise<void> {
	const server = createServer();
	const over = new Promise<void>((resolve, reject) => {
		let isBusy = false;
		server.on('request', (request: IncomingMessage, response: ServerResponse) => {
			if (request.method !== 'POST' || isBusy) {
				end(response, isBusy ? 503 : 405);
				return;
			}
			isBusy = true;
			receive(request, take).then(
				(status) => {
					if (status === 200) response.once('close', resolve);
					isBusy = status === 200;
					end(response, status);
				},
				(error: unknown) => {
					response.once('close', () => {
						reject(error instanceof Error ? error : new Error(String(error)));
					});
					end(response, 500);
				},
			);
		});
	});
	const listener = await listen(server, port);
	ready(`${listener.url}/`);
	try {
		await over;
	} finally {
		await listener.close();
	}
}
