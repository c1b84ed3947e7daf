import { createPublicKey, type KeyObject } from 'node:crypto';
import { RateLimiter } from './rateLimiter';
import type { LazyClient } from './lazyClient';
import { TtlCache } from './ttlCache';

/** Where keys are asked for. */
export type KeyServer = Pick<LazyClient, 'baseUrl' | 'send'>;

/** A key, or why there is none: it does not exist, or the one who knows could not be asked. */
export type Found =
	| { key: KeyObject }
	| { missing: 'unknown' }
	/** `because` is for the log. */
	| { missing: 'unreachable'; because?: string };

const HOUR_MILLISECONDS = 60 * 60 * 1000;

/** So that a key that TransactionLink takes back is not trusted for ever. */
const KEY_LIFETIME_MILLISECONDS = HOUR_MILLISECONDS;

/** A key that cannot be asked for right now is better than none: it was TransactionLink's a while ago. */
const LONGEST_LIFETIME_MILLISECONDS = 24 * HOUR_MILLISECONDS;

/** An id that TransactionLink does not know is not asked for again at once: anybody can send one. */
const UNKNOWN_LIFETIME_MILLISECONDS = 10 * 1000;

/** Anybody can make up ids as well. So many may be asked for at once, and so many more each second. */
const ASKED_AT_ONCE = 8;
const ASKED_A_SECOND = 0.5;

const MOST_KEPT = 200;

/** RSA keys below this are not trusted (RFC 7518, section 3.3). */
const FEWEST_BITS = 2048;

// All of them by base URL and key id, and public. Made-up ids have a shelf of their own, so that they cannot
// push out keys.
const keys = new TtlCache<KeyObject>(MOST_KEPT);
const formerKeys = new TtlCache<KeyObject>(MOST_KEPT);
const unknown = new TtlCache<true>(MOST_KEPT);
const allowances = new TtlCache<RateLimiter>(MOST_KEPT);
const underway = new Map<string, Promise<Found>>();

function asKey(text: unknown): KeyObject | undefined {
	if (typeof text !== 'string') return undefined;
	try {
		const key = createPublicKey(text);
		const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
		return key.asymmetricKeyType === 'rsa' && bits >= FEWEST_BITS ? key : undefined;
	} catch {
		return undefined;
	}
}

/** `GET /auth/webhooks/key/{kid}?pem=true` of the contract. */
async function askForKey(connection: KeyServer, keyId: string): Promise<Found> {
	const [asked] = await Promise.allSettled([
		connection.send({
			method: 'GET',
			path: `/auth/webhooks/key/${encodeURIComponent(keyId)}`,
			query: { pem: 'true' },
			accept: 'text/plain, application/json;q=0.5',
			purpose: { action: 'get the key of the webhook' },
		}),
	]);
	if (asked.status === 'rejected') {
		return {
			missing: 'unreachable',
			because: asked.reason instanceof Error ? asked.reason.message : 'no answer',
		};
	}
	const { status, body } = asked.value;
	// Documented: 400 and 404 say that there is no such key. Anything else says nothing about the key.
	if (status === 400 || status === 404) return { missing: 'unknown' };
	const key = status === 200 ? asKey(body) : undefined;
	if (key !== undefined) return { key };
	return {
		missing: 'unreachable',
		because: status === 200 ? 'what came is no key' : `status ${status}`,
	};
}

async function askAndKeep(connection: KeyServer, keyId: string, place: string): Promise<Found> {
	const found = await askForKey(connection, keyId);
	const now = Date.now();
	underway.delete(place);
	if ('key' in found) {
		keys.set(place, found.key, now + KEY_LIFETIME_MILLISECONDS);
		formerKeys.set(place, found.key, now + LONGEST_LIFETIME_MILLISECONDS);
		return found;
	}
	if (found.missing === 'unknown') {
		unknown.set(place, true, now + UNKNOWN_LIFETIME_MILLISECONDS);
		formerKeys.delete(place);
		return found;
	}
	const former = formerKeys.get(place, now);
	return former === undefined ? found : { key: former };
}

function mayAsk(baseUrl: string, now: number): boolean {
	let allowance = allowances.get(baseUrl, now);
	if (allowance === undefined) {
		allowance = new RateLimiter(ASKED_AT_ONCE, ASKED_A_SECOND);
		allowances.set(baseUrl, allowance, Number.POSITIVE_INFINITY);
	}
	return allowance.take(now);
}

/**
 * Finds the public key that a signature names, through the credential's base URL. Deliveries that arrive side
 * by side ask once.
 *
 * @param keyId a UUID: `signature.ts` saw to that
 * @returns `unreachable` also when so many ids were asked for that another one has to wait
 */
export async function findKey(connection: KeyServer, keyId: string): Promise<Found> {
	const place = `${connection.baseUrl} ${keyId}`;
	const now = Date.now();
	const key = keys.get(place, now);
	if (key !== undefined) return { key };
	if (unknown.get(place, now)) return { missing: 'unknown' };
	const asking = underway.get(place);
	if (asking !== undefined) return await asking;
	// An id that was a key before is nobody's invention.
	const isFormer = formerKeys.get(place, now) !== undefined;
	if (!isFormer && !mayAsk(connection.baseUrl, now))
		return { missing: 'unreachable', because: 'too many were asked for' };
	const mine = askAndKeep(connection, keyId, place);
	underway.set(place, mine);
	return await mine;
}
