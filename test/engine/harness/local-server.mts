import {
	createServer,
	type IncomingHttpHeaders,
	type IncomingMessage,
	type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** A received request. */
export interface ReceivedRequest {
	method: string;
	/** Path and query. */
	path: string;
	headers: IncomingHttpHeaders;
	body: Buffer;
}

/** A response. An object is sent as JSON, text and bytes are sent unchanged. */
export interface CannedResponse {
	status?: number;
	headers?: Record<string, string>;
	body?: string | Buffer | object;
}

/** A local HTTP server that records its requests. */
export interface LocalServer {
	/** Without a slash at the end. */
	url: string;
	/** All received requests, oldest first. */
	requests: ReceivedRequest[];
	/** Stops listening and closes every connection, including those that wait for a response. */
	close(): Promise<void>;
}

/**
 * Starts a server on 127.0.0.1, on a free port.
 *
 * @param respond returns the response; a promise that never resolves sends none; an error becomes a 500
 */
export async function startLocalServer(
	respond: (request: ReceivedRequest) => CannedResponse | Promise<CannedResponse>,
): Promise<LocalServer> {
	const requests: ReceivedRequest[] = [];
	const server = createServer((incoming, response) => {
		void handle(incoming, response);
	});
	const handle = async (incoming: IncomingMessage, response: ServerResponse) => {
		try {
			const { method = 'GET', url: path = '/', headers } = incoming;
			const request = { method, path, headers, body: await readBody(incoming) };
			requests.push(request);
			send(response, await respond(request));
		} catch (error) {
			send(response, { status: 500, body: String(error) });
		}
	};
	return {
		url: await listen(server),
		requests,
		close: () => close(server),
	};
}

type HttpServer = ReturnType<typeof createServer>;

/** Starts a server on 127.0.0.1, on a free port. Returns its address, without a slash at the end. */
export async function listen(server: HttpServer): Promise<string> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', resolve);
	});
	const address: AddressInfo | string | null = server.address();
	if (address === null || typeof address === 'string') throw new Error('The server has no port');
	return `http://127.0.0.1:${address.port}`;
}

/** Stops a server and closes all its connections. */
export async function close(server: HttpServer): Promise<void> {
	const closed = new Promise<void>((resolve) => server.close(() => resolve()));
	server.closeAllConnections();
	await closed;
}

/** Reads a whole body. */
export async function readBody(incoming: AsyncIterable<Uint8Array>): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of incoming) chunks.push(chunk);
	return Buffer.concat(chunks);
}

function send(
	response: ServerResponse,
	{ status = 200, headers = {}, body = '' }: CannedResponse,
): void {
	const isPlain = typeof body === 'string' || Buffer.isBuffer(body);
	response.writeHead(
		status,
		isPlain ? headers : { 'content-type': 'application/json', ...headers },
	);
	response.end(isPlain ? body : JSON.stringify(body));
}
