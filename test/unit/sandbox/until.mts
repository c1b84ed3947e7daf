import { setTimeout as pause } from 'node:timers/promises';

const LOOK_AGAIN_AFTER_MS = 15;

/**
 * Waits for something to be there.
 *
 * In: `look` answers what is waited for, or undefined while it is not there. Throws, naming `what`, when it
 * has not come within twenty seconds.
 */
export async function until<Thing>(
	what: string,
	look: () => Promise<Thing | undefined> | Thing | undefined,
): Promise<Thing> {
	const end = Date.now() + 20_000;
	while (Date.now() < end) {
		const thing = await look();
		if (thing !== undefined) return thing;
		await pause(LOOK_AGAIN_AFTER_MS);
	}
	throw new Error(`Waited twenty seconds for ${what}`);
}
