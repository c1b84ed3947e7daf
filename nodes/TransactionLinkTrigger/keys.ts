import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Connection } from '../shared/connection';

/** A key, or why there is none: it does not exist, or the one who knows could not be asked. */
export type Found = { key: KeyObject } | { missing: 'unknown' | 'unreachable' };

interface Kept {
	found: Promise<Found>;
	/** In milliseconds since 1970; after that it is asked for anew. */
	until: number;
}

/** So that a key that TransactionLink takes back is not trusted for ever. */
const KEY_LIFETIME_MILLISECONDS = 60 * 60 * 1000;

/** An id that TransactionLink does not know is not asked for again at once: anybody can send one. */
const UNKNOWN_LIFETIME_MILLISECONDS = 60 * 1000;

const MOST_KEPT = 200;

/** RSA keys below this are not trusted (RFC 7518, section 3.3). */
const FEWEST_BITS = 2048;

/** By base URL and key id. Public keys only, for the whole process. */
const kept = new Map<string, Kept>();

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

async function ask(connection: Connection, keyId: string): Promise<Found> {
	// `GET /auth/webhooks/key/{kid}?pem=true` of the contract. The id is a UUID: `signature.ts` saw to that.
	const [asked] = await Promise.allSettled([
		connection.send({
			method: 'GET',
			path: `/auth/webhooks/key/${encodeURIComponent(keyId)}`,
			query: { pem: 'true' },
			purpose: { action: 'get the key of the webhook', creates: false },
		}),
	]);
	if (asked.status === 'rejected') return { missing: 'unreachable' };
	const { status, body } = asked.value;
	// Documented: 400 and 404 say that there is no such key. Anything else says nothing about the key.
	if (status === 400 || status === 404) return { missing: 'unknown' };
	const key = status === 200 ? asKey(body) : undefined;
	return key === undefined ? { missing: 'unreachable' } : { key };
}

function lifetime(found: Found): number {
	if ('key' in found) return KEY_LIFETIME_MILLISECONDS;
	return found.missing === 'unknown' ? UNKNOWN_LIFETIME_MILLISECONDS : 0;
}

/** Forgets the oldest first, so that made-up ids cannot fill the memory. */
function makeRoom(): void {
	for (const oldest of kept.keys()) {
		if (kept.size < MOST_KEPT) return;
		kept.delete(oldest);
	}
}

/**
 * Finds the public key that a signature names, through the credential's base URL. Deliveries that arrive side
 * by side ask once.
 *
 * @param keyId a UUID
 */
export async function findKey(connection: Connection, keyId: string): Promise<Found> {
	const place = `${connection.baseUrl} ${keyId}`;
	const known = kept.get(place);
	if (known !== undefined && known.until > Date.now()) return await known.found;
	kept.delete(place);
	makeRoom();
	const asking: Kept = { found: ask(connection, keyId), until: Number.POSITIVE_INFINITY };
	kept.set(place, asking);
	const found = await asking.found;
	asking.until = Date.now() + lifetime(found);
	return found;
}
