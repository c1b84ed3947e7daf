import { once } from 'node:events';
import type { Server } from 'node:http';
import type { RequestHandler } from 'express';

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

const LOCAL_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i;

/**
 * Whether a `Host` header contains this machine's name. If a site's DNS name resolves to 127.0.0.1 (DNS rebinding),
 * the browser lets the site read and write here, but still sends the site's own name.
 */
export function isLocalHost(host: string | undefined): boolean {
	return LOCAL_HOST.test(host ?? '');
}

/** Rejects requests to another name than this machine's. */
export const localHostOnly: RequestHandler = ({ headers: { host } }, response, next) => {
	if (isLocalHost(host)) next();
	else
		response
			.status(403)
			.json({ error: 'The sandbox responds at 127.0.0.1, localhost and [::1] only.' });
};

function hostOf(origin: string): string | null {
	return URL.canParse(origin) ? new URL(origin).host : null;
}

/**
 * Rejects browser requests from pages of other sites, so that no site can control the sandbox. Programs send no
 * `Origin` header, so they are accepted.
 */
export const ownOriginOnly: RequestHandler = ({ headers: { origin, host } }, response, next) => {
	if (origin === undefined || hostOf(origin) === host) next();
	else
		response.status(403).json({ error: `The sandbox rejects requests from pages of ${origin}.` });
};
