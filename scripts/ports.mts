import getPort from 'get-port';

import { UserError } from './command-line.mts';

const host = '127.0.0.1';

/** Chooses a free port of 127.0.0.1. */
export async function chooseFreePort(): Promise<number> {
	return await getPort({ host });
}

/**
 * Checks that a port is free, before anything is started that needs it.
 *
 * @param port of 127.0.0.1
 * @param purpose what needs it, e.g. "n8n"
 * @param option the option that chooses another one, e.g. "--port"
 * @throws UserError when another program uses the port
 */
export async function requireFreePort(
	port: number,
	purpose: string,
	option: string,
): Promise<void> {
	const free = await getPort({ host, port });
	if (free === port) return;
	throw new UserError(
		`Port ${port}, which ${purpose} needs, is used by another program.\n` +
			`End that program, or choose another port: ${option} ${free}`,
	);
}
