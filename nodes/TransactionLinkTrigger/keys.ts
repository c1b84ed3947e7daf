import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Request } from '../shared/api/request';
import { monotonicNow } from '../shared/http/clock';
import { within } from '../shared/http/deadline';
import type { Response } from '../shared/http/response';
import { settle } from '../shared/http/settle';
import type { Account } from './lazyClient';
import { reasonFor } from './reason';
import { isObject } from '../shared/json';
import { TtlCache } from './ttlCache';

/** The client and account for fetching keys. */
export interface KeySource {
	send(request: Request): Promise<Response>;
}

/** A key, or why it is missing: it does not exist, or could not be fetched. */
export type FoundKey =
	| { key: KeyObject }
	| { missing: 'unknown' }
	/** The reason is for the log. */
	| { missing: 'unavailable'; reason: string };

const HOUR_MILLISECONDS = 60 * 60 * 1000;

/** The longest time that a revoked key is accepted while keys can be fetched. */
const FRESH_MILLISECONDS = HOUR_MILLISECONDS;

/** How long a known key is accepted while no key can be fetched. */
const USABLE_MILLISECONDS = 24 * HOUR_MILLISECONDS;

/** Anyone can make up key IDs: after this number of unknown ones in a row, new IDs are not looked up for a moment. */
const MISSES_BEFORE_COOLDOWN = 5;
const COOLDOWN_MILLISECONDS = 5 * 1000;

/** How long an ID that TransactionLink does not know is not looked up again. */
const UNKNOWN_MILLISECONDS = 10 * 1000;

/** A response that never ends must not block the deliveries that follow. Ends before the deadline of a delivery. */
const FETCH_MILLISECONDS = 7_500;

const MOST_KEYS = 50;
const MOST_UNKNOWN = 200;
const MOST_RINGS = 200;

/** Smaller RSA keys are not accepted (RFC 7518, section 3.3). */
const FEWEST_BITS = 2048;

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
async function fetchKey(source: KeySource, keyId: string): Promise<FoundKey> {
	const request = source.send({
		method: 'GET',
		path: `/auth/webhooks/key/${encodeURIComponent(keyId)}`,
		query: [['pem', 'true']],
		accept: 'text/plain, application/json;q=0.5',
		purpose: { action: 'get the key of the webhook' },
	});
	const fetched = await settle(within(request, FETCH_MILLISECONDS));
	const unavailable = (reason: string): FoundKey => ({ missing: 'unavailable', reason });
	if ('reason' in fetched) return unavailable(reasonFor(fetched.reason));
	if (fetched.result.kind !== 'done') return unavailable('timeout');
	const { status, body } = fetched.result.result;
	// Documented: 400 and 404 mean that there is no such key. A proxy's page does not mean that.
	if ((status === 400 || status === 404) && isObject(body)) return { missing: 'unknown' };
	const key = status === 200 ? asKey(body) : undefined;
	if (key !== undefined) return { key };
	return unavailable(status === 200 ? 'the response contains no key' : `status ${status}`);
}

/** The keys of one account. */
class KeyRing {
	private readonly keys = new TtlCache<{ key: KeyObject; fetchedAt: number }>(MOST_KEYS);

	private readonly unknown = new TtlCache<true>(MOST_UNKNOWN);

	private readonly pending = new Map<string, Promise<FoundKey>>();

	/** The lookup of an ID that was never a key; one at a time. */
	private lookup: Promise<FoundKey> | undefined;

	private misses = 0;

	private lastMiss = 0;

	fresh(keyId: string): KeyObject | undefined {
		const known = this.keys.get(keyId, monotonicNow());
		const isFresh = known !== undefined && monotonicNow() - known.fetchedAt < FRESH_MILLISECONDS;
		return isFresh ? known.key : undefined;
	}

	async find(source: KeySource, keyId: string): Promise<FoundKey> {
		const key = this.fresh(keyId);
		if (key !== undefined) return { key };
		const known = this.keys.get(keyId, monotonicNow());
		// A known ID cannot be made up, so it is exempt from the cooldown.
		if (known !== undefined) return await this.fetch(source, keyId);
		return this.pending.get(keyId) ?? (await this.lookUp(source, keyId));
	}

	private get isCoolingDown(): boolean {
		return (
			this.misses >= MISSES_BEFORE_COOLDOWN &&
			monotonicNow() - this.lastMiss < COOLDOWN_MILLISECONDS
		);
	}

	private async lookUp(source: KeySource, keyId: string): Promise<FoundKey> {
		while (this.lookup !== undefined) {
			const other = await this.lookup;
			const found = this.keys.get(keyId, monotonicNow());
			if (found !== undefined) return found;
			// Otherwise many made-up IDs would queue for a server that does not respond.
			if ('missing' in other && other.missing === 'unavailable') return other;
		}
		if (this.unknown.get(keyId, monotonicNow())) return { missing: 'unknown' };
		if (this.isCoolingDown) {
			return { missing: 'unavailable', reason: 'too many unknown key IDs' };
		}
		const fetching = this.fetch(source, keyId);
		this.lookup = fetching;
		const found = await fetching;
		this.lookup = undefined;
		return found;
	}

	private async fetch(source: KeySource, keyId: string): Promise<FoundKey> {
		const pending = this.pending.get(keyId);
		if (pending !== undefined) return await pending;
		const fetching = fetchKey(source, keyId);
		this.pending.set(keyId, fetching);
		const found = await fetching;
		this.pending.delete(keyId);
		return this.keep(keyId, found, monotonicNow());
	}

	private keep(keyId: string, found: FoundKey, now: number): FoundKey {
		if ('key' in found) {
			this.keys.set(keyId, { key: found.key, fetchedAt: now }, now + USABLE_MILLISECONDS);
			return found;
		}
		if (found.missing === 'unavailable') return this.keys.get(keyId, now) ?? found;
		this.keys.delete(keyId);
		this.unknown.set(keyId, true, now + UNKNOWN_MILLISECONDS);
		this.misses = now - this.lastMiss < COOLDOWN_MILLISECONDS ? this.misses + 1 : 1;
		this.lastMiss = now;
		return found;
	}
}

const rings = new TtlCache<KeyRing>(MOST_RINGS);

/** A key of an account that was fetched within the hour; sends no request. */
export function cachedKey({ id, baseUrl }: Account, keyId: string): KeyObject | undefined {
	return rings.get(JSON.stringify([id, baseUrl]), monotonicNow())?.fresh(keyId);
}

/**
 * Finds the public key that a signature names, among the keys of one account. Deliveries that arrive at the same
 * time share one request.
 *
 * @param keyId a UUID in lower case
 */
export async function findKey(
	{ id, baseUrl }: Account,
	source: KeySource,
	keyId: string,
): Promise<FoundKey> {
	const name = JSON.stringify([id, baseUrl]);
	let ring = rings.get(name, monotonicNow());
	if (ring === undefined) {
		ring = new KeyRing();
		rings.set(name, ring, Number.POSITIVE_INFINITY);
	}
	return await ring.find(source, keyId);
}
