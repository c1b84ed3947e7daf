import pWaitFor from 'p-wait-for';

/** So long that only what never comes is missed, also on a slow or busy machine. */
export const TIMEOUT_MILLISECONDS = 240_000;

/**
 * Looks four times a second until there is something to see.
 *
 * @param what completes "Timed out after 30 s waiting for"
 * @param look returns `undefined` until it is there; what it throws ends the wait
 * @param milliseconds how long to wait at most
 * @returns what `look` returned
 * @throws when the time is over
 */
export async function waitUntil<Seen>(
	what: string,
	look: () => Promise<Seen | undefined>,
	milliseconds = TIMEOUT_MILLISECONDS,
): Promise<Seen> {
	const message = `Timed out after ${Math.round(milliseconds / 1000)} s waiting for ${what}.`;
	const condition = async () => {
		const seen = await look();
		return seen !== undefined && pWaitFor.resolveWith(seen);
	};
	return await pWaitFor(condition, { interval: 250, timeout: { milliseconds, message } });
}
