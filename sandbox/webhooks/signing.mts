import { randomUUID } from 'node:crypto';
import { exportSPKI, generateKeyPair, FlattenedSign } from 'jose';
import type { CryptoKey } from 'jose';

/** A key that signs webhooks. */
export interface SigningKey {
	/** A UUID, part of the header of each signature. */
	kid: string;
	privateKey: CryptoKey;
}

async function newKey(): Promise<SigningKey & { publicPem: string }> {
	const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
	return { kid: randomUUID(), privateKey, publicPem: await exportSPKI(publicKey) };
}

/** The keys of the sandbox: one for signing, and the available public keys. */
export class SigningKeys {
	#current: SigningKey;
	readonly #served = new Map<string, string>();

	private constructor(first: SigningKey & { publicPem: string }) {
		this.#current = first;
		this.#served.set(first.kid, first.publicPem);
	}

	/** Creates the first key. */
	static async create(): Promise<SigningKeys> {
		return new SigningKeys(await newKey());
	}

	/** The current signing key. */
	get current(): SigningKey {
		return this.#current;
	}

	/** The IDs of the available keys, oldest first. */
	get kids(): string[] {
		return [...this.#served.keys()];
	}

	/** The public key with this ID as PEM (SubjectPublicKeyInfo), or undefined. */
	publicPem(kid: string): string | undefined {
		return this.#served.get(kid);
	}

	/** Signs with a new key from now on. With `retireOld`, earlier keys are no longer available. */
	async rotate(retireOld: boolean): Promise<SigningKey> {
		const next = await newKey();
		if (retireOld) this.#served.clear();
		this.#served.set(next.kid, next.publicPem);
		this.#current = next;
		return next;
	}
}

/**
 * Signs the bytes of a webhook as a JWS with detached payload (RFC 7515, appendix F): the part between the two dots
 * is empty, because the receiver has the body.
 *
 * Takes the bytes exactly as sent. `unencodedPayload` signs them unchanged (RFC 7797) instead of in base64url.
 * Returns the value of the `JWS-SIGNATURE` header.
 */
export async function signDetached(
	body: Uint8Array,
	key: SigningKey,
	unencodedPayload: boolean,
): Promise<string> {
	const header = { alg: 'RS256', kid: key.kid, typ: 'JWT' };
	const extension = unencodedPayload ? { b64: false, crit: ['b64'] } : {};
	const signed = await new FlattenedSign(body)
		.setProtectedHeader({ ...header, ...extension })
		.sign(key.privateKey, { crit: { b64: true } });
	return `${signed.protected ?? ''}..${signed.signature}`;
}
