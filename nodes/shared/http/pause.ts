import { sleep } from 'n8n-workflow';
import { onAbort } from './abort';

/**
 * Waits until the time is over or the signal is aborted.
 *
 * @param milliseconds how long
 * @param signal the cancel signal, if there is one
 */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
	if (signal?.aborted) return;
	if (signal === undefined) return await sleep(milliseconds);
	let forget = (): void => {};
	const cancelled = new Promise<void>((resolve) => {
		forget = onAbort(signal, resolve);
	});
	await Promise.race([sleep(milliseconds), cancelled]);
	forget();
}
