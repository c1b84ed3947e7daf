import { randomUUID } from 'node:crypto';
import { exportSPKI, generateKeyPair } from 'jose';
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
