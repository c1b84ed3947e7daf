import { randomInt } from 'node:crypto';
import getPort from 'get-port';

import { UserError } from './command-line.mts';

const host = '127.0.0.1';

/** How many ports to try. If all are used, the operating system chooses one. */
const CANDIDATES = 20;

/**
 * Chooses a free port of 127.0.0.1, below those that operating systems assign to connections: before a program that
 * starts slowly listens on its port, another program's connection could get it.
 */
export async function chooseFreePort(): Promise<number> {
	const port = Array.from({ length: CANDIDATES }, () => randomInt(20_000, 32_768));
	return await getPort({ host, port });
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
