import { sleep } from 'n8n-workflow';
import { monotonicNow } from '../shared/http/clock';
import type { Deadline } from './deadline';

/**
 * A delivery is the first of its event, a repeat of an accepted one, or a repeat whose first delivery has no response
 * yet.
 */
export type Claim = 'first' | 'repeat' | 'pending';

/** The part of an HTTP response that shows whether n8n accepted a delivery. */
export interface WebhookResponse {
	statusCode: number;
	/** Whether the sender has hung up, so that no response will reach it. */
	destroyed: boolean;
	/** Whether n8n has responded, even if the sender has hung up. */
	writableEnded: boolean;
	once(event: 'close' | 'finish', listener: () => void): unknown;
}

interface Entry {
	/** The response to the first delivery; removed once n8n has accepted it. */
	response: WebhookResponse | undefined;
	/** Resolves when the response has been sent, or the sender has hung up. */
	finished: Promise<void>;
	since: number;
}

/**
 * The documented repeats (six attempts of up to 10 seconds, 5 seconds apart) arrive within 85 seconds. Later ones are
 * not documented, but possible.
 */
const LIFETIME_MILLISECONDS = 60 * 60 * 1000;

const MOST_ENTRIES = 10_000;

/** How long n8n may take to respond to a delivery whose sender has hung up. */
const LONGEST_START_MILLISECONDS = 60 * 1000;

/** n8n sends no event when it responds to a sender that has hung up. */
const POLL_MILLISECONDS = 100;

/** In the memory of this process, in order of arrival. */
const entries = new Map<string, Entry>();

function removeExpired(now: number): void {
	for (const [key, { since }] of entries) {
		if (entries.size < MOST_ENTRIES && now - since < LIFETIME_MILLISECONDS) return;
		entries.delete(key);
	}
}

/**
 * The state of the first delivery. n8n responds with a 2xx once it has the execution, even if the sender has hung up.
 */
function stateOf(key: string, now: number): 'none' | 'open' | 'accepted' {
	const entry = entries.get(key);
	if (entry === undefined) return 'none';
	const { response, since } = entry;
	if (response === undefined) return 'accepted';
	if (response.writableEnded && response.statusCode >= 200 && response.statusCode < 300) {
		// Do not keep the response for as long as the key.
		entry.response = undefined;
		return 'accepted';
	}
	const isLost = response.destroyed && now - since > LONGEST_START_MILLISECONDS;
	if (!response.writableEnded && !isLost) return 'open';
	entries.delete(key);
	return 'none';
}

function add(key: string, response: WebhookResponse, now: number): void {
	const finished = new Promise<void>((resolve) => {
		const settle = (): void => {
			stateOf(key, monotonicNow());
			resolve();
		};
		response.once('finish', settle);
		response.once('close', settle);
	});
	entries.set(key, { response, finished, since: now });
}

/**
 * Finds out whether a delivery is the first of its event. A repeat waits for the response to the first one, and
 * counts as a repeat only if n8n has accepted that one. See docs/design/deliveries.md.
 *
 * @param key the same for every repeat
 * @param response the response to this delivery
 */
export async function claim(
	key: string,
	response: WebhookResponse,
	deadline: Deadline,
): Promise<Claim> {
	for (;;) {
		const now = monotonicNow();
		removeExpired(now);
		const state = stateOf(key, now);
		if (state === 'accepted') return 'repeat';
		// The sender gets no response to this one, and will try again.
		if (response.destroyed) return 'pending';
		if (state === 'none') {
			add(key, response, now);
			return 'first';
		}
		if (deadline.isPast) return 'pending';
		const entry = entries.get(key);
		const poll = sleep(POLL_MILLISECONDS);
		const isHungUp = entry?.response?.destroyed === true;
		await deadline.race(Promise.race(isHungUp || !entry ? [poll] : [poll, entry.finished]));
	}
}
