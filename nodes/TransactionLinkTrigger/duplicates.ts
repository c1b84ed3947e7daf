/** What to do with a delivery: it is the first of its kind, it was taken before, or its twin is not done yet. */
export type Claim = 'first' | 'taken' | 'underway';

/** The part of an HTTP response that tells how the delivery was answered. */
export interface Response {
	statusCode: number;
	/** Whether the sender has gone, so that no answer will reach it any more. */
	destroyed: boolean;
	once(event: 'finish' | 'close', listener: () => void): unknown;
}

interface Entry {
	/** True once the delivery was answered with a success, so that the sender will not repeat it for cause. */
	isTaken: boolean;
	/** Settles when the first delivery has been answered, one way or the other. */
	answered: Promise<void>;
	since: number;
}

/** The documented repeats come within two minutes; what comes later than this is sent anew on purpose. */
const LIFETIME_MILLISECONDS = 60 * 60 * 1000;

const MOST_ENTRIES = 10_000;

/** In this process alone, and gone with it; in order of arrival. */
const entries = new Map<string, Entry>();

function forgetOld(now: number): void {
	for (const [key, { since }] of entries) {
		if (entries.size < MOST_ENTRIES && now - since < LIFETIME_MILLISECONDS) return;
		entries.delete(key);
	}
}

function enter(key: string, response: Response, now: number): void {
	let settle = (): void => {};
	const entry: Entry = {
		isTaken: false,
		since: now,
		answered: new Promise((resolve) => {
			settle = resolve;
		}),
	};
	entries.set(key, entry);
	// Only an answer that has gone out says that n8n has the execution: before, anything can still go wrong.
	response.once('finish', () => {
		entry.isTaken = response.statusCode >= 200 && response.statusCode < 300;
	});
	response.once('close', () => {
		if (!entry.isTaken && entries.get(key) === entry) entries.delete(key);
		settle();
	});
}

/**
 * Says whether a delivery is the first of its kind. One that arrives while its twin is still being answered
 * waits for that: it is a duplicate only if the twin was taken.
 *
 * @param key the same for each repeat
 * @param response the one that will answer this delivery
 * @param patience resolves when it is too late to wait any longer
 */
export async function claim(
	key: string,
	response: Response,
	patience: Promise<unknown>,
): Promise<Claim> {
	for (;;) {
		const now = Date.now();
		forgetOld(now);
		const entry = entries.get(key);
		// Nobody would hear that it was taken, and the sender will try again.
		if (response.destroyed) return 'underway';
		if (entry === undefined) {
			enter(key, response, now);
			return 'first';
		}
		if (entry.isTaken) return 'taken';
		const isAnswered = await Promise.race([
			entry.answered.then(() => true),
			patience.then(() => false),
		]);
		if (!isAnswered) return 'underway';
	}
}
