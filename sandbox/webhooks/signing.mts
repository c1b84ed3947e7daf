import { randomUUID } from 'node:crypto';
import { exportSPKI, generateKeyPair, FlattenedSign } from 'jose';
import type { CryptoKey } from 'jose';

/** The key that webhooks are signed with at a time. */
export interface SigningKey {
	/** A UUID, named in the header of each signature. */
	kid: string;
	privateKey: CryptoKey;
}

async function newKey(): Promise<SigningKey & { publicPem: string }> {
	const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
	return { kid: randomUUID(), privateKey, publicPem: await exportSPKI(publicKey) };
}

/** The keys of the sandbox: one to sign with, and the public ones that are given out. */
export class SigningKeys {
	#current: SigningKey;
	readonly #served = new Map<string, string>();

	private constructor(first: SigningKey & { publicPem: string }) {
		this.#current = first;
		this.#served.set(first.kid, first.publicPem);
	}

	/** Makes the first key. */
	static async create(): Promise<SigningKeys> {
		return new SigningKeys(await newKey());
	}

	/** The key to sign with now. */
	get current(): SigningKey {
		return this.#current;
	}

	/** The ids of the keys that are given out, oldest first. */
	get kids(): string[] {
		return [...this.#served.keys()];
	}

	/** The public key with this id as PEM (SubjectPublicKeyInfo), or undefined. */
	publicPem(kid: string): string | undefined {
		return this.#served.get(kid);
	}

	/** Signs with a new key from now on. With `retireOld` the keys before it are not given out any more. */
	async rotate(retireOld: boolean): Promise<SigningKey> {
		const next = await newKey();
		if (retireOld) this.#served.clear();
		this.#served.set(next.kid, next.publicPem);
		this.#current = next;
		return next;
	}
}

/**
 * Signs the bytes of a webhook as a JWS with detached payload (RFC 7515, appendix F): the payload's part
 * between the two dots is left empty, since the receiver has the body.
 *
 * In: the bytes exactly as they are sent. `unencodedPayload` signs them as they are (RFC 7797) instead of in
 * base64url. Out: the value of the `JWS-SIGNATURE` header.
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
