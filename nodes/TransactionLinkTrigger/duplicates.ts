/** What to do with a delivery: it is the first of its kind, it was taken before, or its twin is not done yet. */
export type Claim = 'first' | 'taken' | 'underway';

/** The part of an HTTP response that tells how the delivery was answered. */
export interface Response {
	statusCode: number;
	/** Whether the sender has gone, so that no answer will reach it any more. */
	destroyed: boolean;
	/** Whether n8n has given its answer, also when nobody is there to hear it. */
	writableEnded: boolean;
	once(event: 'close', listener: () => void): unknown;
}

interface Entry {
	/** What n8n answers the first delivery through; gone once it is known that it was taken. */
	response: Response | undefined;
	/** Settles when that has been answered, or its sender has gone. */
	closed: Promise<void>;
	since: number;
}

/** The documented repeats come within two minutes; what comes later than this is sent anew on purpose. */
const LIFETIME_MILLISECONDS = 60 * 60 * 1000;

const MOST_ENTRIES = 10_000;

/** After that, an n8n that never answered is not at it any more. */
const LONGEST_START_MILLISECONDS = 60 * 1000;

/** In this process alone, and gone with it; in order of arrival. */
const entries = new Map<string, Entry>();

function forgetOld(now: number): void {
	for (const [key, { since }] of entries) {
		if (entries.size < MOST_ENTRIES && now - since < LIFETIME_MILLISECONDS) return;
		entries.delete(key);
	}
}

function enter(key: string, response: Response, now: number): void {
	const closed = new Promise<void>((resolve) => {
		response.once('close', () => {
			// So that no answer is kept for as long as it is remembered.
			standing(key, Date.now());
			resolve();
		});
	});
	entries.set(key, { response, closed, since: now });
}

/**
 * What has become of the first delivery. n8n answers when it has the execution, or could not make one; that its
 * sender has gone meanwhile changes neither.
 */
function standing(key: string, now: number): 'none' | 'open' | 'taken' {
	const entry = entries.get(key);
	if (entry === undefined) return 'none';
	const { response, since } = entry;
	if (response === undefined) return 'taken';
	if (response.writableEnded && response.statusCode >= 200 && response.statusCode < 300) {
		entry.response = undefined;
		return 'taken';
	}
	const isLost = response.destroyed && now - since > LONGEST_START_MILLISECONDS;
	if (!response.writableEnded && !isLost) return 'open';
	entries.delete(key);
	return 'none';
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
		// Nobody would hear that it was taken, and the sender will try again.
		if (response.destroyed) return 'underway';
		const twin = standing(key, now);
		if (twin === 'taken') return 'taken';
		if (twin === 'none') {
			enter(key, response, now);
			return 'first';
		}
		const entry = entries.get(key);
		// Its sender hung up, and n8n is still at it: the next repeat will hear what came of it.
		if (entry?.response?.destroyed) return 'underway';
		const isClosed = await Promise.race([
			entry?.closed.then(() => true),
			patience.then(() => false),
		]);
		if (isClosed === false) return 'underway';
	}
}
