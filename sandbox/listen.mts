import { once } from 'node:events';
import type { Server } from 'node:http';

/** The only address of the sandbox: other machines cannot reach it. */
export const LOOPBACK = '127.0.0.1';

/** A listening server. */
export interface Listener {
	url: string;
	port: number;
	/** Stops listening and closes open connections. */
	close: () => Promise<void>;
}

/**
 * Starts a server on the loopback address.
 *
 * Takes the port, 0 for any free one. Throws Node's own error, e.g. with the code `EADDRINUSE`.
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
