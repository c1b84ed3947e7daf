import { once } from 'node:events';
import type { Server } from 'node:http';

/** The only address the sandbox listens on: it cannot be reached from outside this machine. */
export const LOOPBACK = '127.0.0.1';

/** A server that listens. */
export interface Listener {
	url: string;
	port: number;
	/** Stops listening and cuts the connections that are still open. */
	close: () => Promise<void>;
}

/**
 * Lets a server listen on the loopback address.
 *
 * In: the port, 0 for any free one. Throws Node's own error, e.g. with the code `EADDRINUSE`.
 */
export async function listen(server: Server, port: number): Promise<Listener> {
	server.listen(port, LOOPBACK);
	await once(server, 'listening');
	const address = server.address();
	const actual = typeof address === 'object' && address !== null ? address.port : port;
	return {
		url: `http://${LOOPBACK}:${actual}`,
		port: actual,
		close: async () => {
			const closed = once(server, 'close');
			server.close();
			server.closeAllConnections();
			await closed;
		},
	};
}
