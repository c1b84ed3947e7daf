import { setTimeout as pause } from 'node:timers/promises';

const BETWEEN_LOOKS_MILLISECONDS = 250;

/**
 * Looks again and again until there is something to see.
 *
 * @param what what is waited for, as it reads after "Waited 30 s for"
 * @param look answers `undefined` as long as it is not there; what it throws ends the wait
 * @param milliseconds how long to wait at most
 * @returns what `look` saw
 * @throws when the time is over
 */
export async function waitUntil<Seen>(
	what: string,
	look: () => Promise<Seen | undefined>,
	milliseconds: number,
): Promise<Seen> {
	const end = Date.now() + milliseconds;
	for (;;) {
		const seen = await look();
		if (seen !== undefined) return seen;
		if (Date.now() >= end) {
			throw new Error(
				`Waited ${Math.round(milliseconds / 1000)} s for ${what}, and it did not come.`,
			);
		}
		await pause(BETWEEN_LOOKS_MILLISECONDS);
	}
}

/**
 * Says every 15 seconds that something long is still going on, so that a person sees that it is alive.
 *
 * @param what what goes on, as it reads before "... still at it, 30 s"
 * @param report gets each line
 * @param work the long thing
 * @returns what `work` comes to; what it throws is thrown
 */
export async function withSignsOfLife<Result>(
	what: string,
	report: (line: string) => void,
	work: () => Promise<Result>,
): Promise<Result> {
	const start = Date.now();
	const timer = setInterval(() => {
		report(`${what} ... still at it, ${Math.round((Date.now() - start) / 1000)} s`);
	}, 15_000);
	try {
		return await work();
	} finally {
		clearInterval(timer);
	}
}
