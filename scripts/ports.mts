import { createServer } from 'node:net';

/** A port that somebody else holds. Its message is for the person who gave the command. */
export class TakenPort extends Error {}

function listen(port: number): Promise<number | undefined> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', (error: NodeJS.ErrnoException) => {
			if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
			else reject(error);
		});
		server.listen(port, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => {
				resolve(typeof address === 'object' && address !== null ? address.port : port);
			});
		});
	});
}

/**
 * Tells whether a server of ours could listen on this port of 127.0.0.1.
 *
 * @throws when the machine has no loopback interface to listen on
 */
export async function isPortFree(port: number): Promise<boolean> {
	return (await listen(port)) !== undefined;
}

/**
 * Chooses a port of 127.0.0.1 that nobody listens on at this moment.
 *
 * @throws when the machine has none left
 */
export async function chooseFreePort(): Promise<number> {
	const port = await listen(0);
	if (port === undefined) throw new Error('There is no free port on 127.0.0.1.');
	return port;
}

/**
 * Makes sure that a wanted port is free, before anything is started that needs it.
 *
 * @param port the port that was asked for, or the default one
 * @param purpose who wants it, e.g. "n8n"
 * @param option the command line's option that chooses another one, e.g. "--port"
 * @throws TakenPort naming the port, who wanted it, and how to give another one
 */
export async function requireFreePort(
	port: number,
	purpose: string,
	option: string,
): Promise<void> {
	if (await isPortFree(port)) return;
	const other = await chooseFreePort();
	throw new TakenPort(
		`Port ${port}, which ${purpose} would use, is taken by another program.\n` +
			`End that program, or give another port: ${option} ${other}`,
	);
}
