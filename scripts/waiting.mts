import pWaitFor from 'p-wait-for';

/** So long that only what never comes is missed, also on a slow or busy machine. */
export const TIMEOUT_MILLISECONDS = 240_000;

/**
 * Looks again and again until there is something to see.
 *
 * @param what completes "Timed out after 30 s waiting for"; a function when it depends on what was seen last
 * @param look returns `undefined` until it is there; what it throws ends the wait
 * @param milliseconds how long to wait at most
 * @param interval milliseconds between two looks
 * @returns what `look` returned
 * @throws when the time is over
 */
export async function waitUntil<Seen>(
	what: string | (() => string),
	look: () => Promise<Seen | undefined>,
	milliseconds = TIMEOUT_MILLISECONDS,
	interval = 250,
): Promise<Seen> {
	const fallback = (): never => {
		const missing = typeof what === 'string' ? what : what();
		throw new Error(`Timed out after ${Math.round(milliseconds / 1000)} s waiting for ${missing}.`);
	};
	const condition = async () => {
		const seen = await look();
		return seen !== undefined && pWaitFor.resolveWith(seen);
	};
	return await pWaitFor(condition, { interval, timeout: { milliseconds, fallback } });
}
