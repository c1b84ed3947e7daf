import { createConnection } from 'node:net';
import { text } from 'node:stream/consumers';
import type { RunningServer } from '../../scripts/queue/server.mts';

/**
 * Sends commands to Redis. Arguments are separated by spaces and cannot contain any.
 *
 * @returns the responses to all commands, unchanged
 * @throws when Redis rejects a command
 */
export async function sendToRedis(
	{ port, password }: RunningServer,
	...commands: string[]
): Promise<string> {
	const socket = createConnection(port, '127.0.0.1');
	socket.write([`AUTH ${password}`, ...commands, 'QUIT', ''].join('\r\n'));
	const responses = await text(socket);
	const error = /^-.*$/m.exec(responses)?.[0];
	if (error !== undefined) throw new Error(`Redis rejected a command: ${error}`);
	return responses;
}
