import { createConnection } from 'node:net';
import { text } from 'node:stream/consumers';
import type { RunningServer } from '../../scripts/queue/server.mts';

/**
 * Gives a Redis some commands, each a line of words without blanks in them.
 *
 * @returns its responses to all of them, unchanged
 * @throws when it refused one of them
 */
export async function askRedis(
	{ port, password }: RunningServer,
	...commands: string[]
): Promise<string> {
	const socket = createConnection(port, '127.0.0.1');
	socket.write([`AUTH ${password}`, ...commands, 'QUIT', ''].join('\r\n'));
	const answers = await text(socket);
	const refusal = /^-.*$/m.exec(answers)?.[0];
	if (refusal !== undefined) throw new Error(`Redis said: ${refusal}`);
	return answers;
}
