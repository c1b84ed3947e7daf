import { setTimeout as pause } from 'node:timers/promises';

const POLL_INTERVAL_MS = 15;

/**
 * Polls for up to twenty seconds, until a value is there.
 *
 * @param what is awaited, for the error message
 * @param read returns the value, or undefined while it is not there
 * @throws if the value does not arrive in time
 */
export async function until<Value>(
	what: string,
	read: () => Promise<Value | undefined> | Value | undefined,
): Promise<Value> {
	const end = Date.now() + 20_000;
	while (Date.now() < end) {
		const value = await read();
		if (value !== undefined) return value;
		await pause(POLL_INTERVAL_MS);
	}
	throw new Error(`Waited twenty seconds for ${what}`);
}
