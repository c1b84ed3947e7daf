import { findKey } from '../../nodes/TransactionLinkTrigger/keys.ts';
import { isSignedWith, readSignature } from '../../nodes/TransactionLinkTrigger/signature.ts';
import { isJsonObject } from '../json.mts';
import type { KeyServer } from './key-server.mts';
import type { Delivery, Header } from './listener.mts';

/** A delivery's signature, without the signature itself. */
export interface SignatureFacts {
	/** The name of its header, in lower case. */
	header: string | null;
	form: 'detached' | 'attached' | 'other' | 'none';
	/** The JOSE header; values of unregistered names are replaced by their types. */
	jose: Record<string, unknown> | null;
	outcome: 'verified' | 'not verified';
	/** Why it was not verified. */
	reason: string | null;
	/** Whether the bare body was signed (RFC 7797); null when the signature was not verified. */
	isBodySignedBare: boolean | null;
}

const JWS = /^[\w-]+\.[\w-]*\.[\w-]+$/;

/** Registered names whose values contain no personal data (RFC 7515, section 4.1; RFC 7797). */
const SHOWN_IN_JOSE = new Set(['alg', 'kid', 'typ', 'cty', 'b64', 'crit']);

/** Finds the documented header, or else the one that looks most like a signature. */
export function findSignature(headers: Header[]): Header | undefined {
	return (
		headers.find(([name]) => name === 'jws-signature') ??
		headers.find(([name, value]) => name !== 'authorization' && joseOf(value) !== null) ??
		headers.find(([name]) => name.includes('signature'))
	);
}

function joseOf(value: string): Record<string, unknown> | null {
	if (!JWS.test(value)) return null;
	try {
		const [encoded = ''] = value.split('.');
		const header: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString());
		if (!isJsonObject(header)) return null;
		const shown = ([name, item]: [string, unknown]) => [
			name,
			SHOWN_IN_JOSE.has(name) ? item : typeof item,
		];
		return Object.fromEntries(Object.entries(header).map(shown));
	} catch {
		return null;
	}
}

function formOf(value: string | undefined): SignatureFacts['form'] {
	if (value === undefined) return 'none';
	if (!JWS.test(value)) return 'other';
	return value.includes('..') ? 'detached' : 'attached';
}

/** @returns whether the bare body was signed, or the reason why the signature is not verified */
async function verify(value: unknown, body: Buffer, server: KeyServer): Promise<boolean | string> {
	const signature = readSignature(value);
	if ('invalid' in signature) return signature.invalid;
	const account = { id: 'recorder', baseUrl: server.baseUrl };
	const found = await findKey(account, server, signature.keyId);
	if ('key' in found) {
		return isSignedWith(signature, body, found.key)
			? !signature.isPayloadEncoded
			: 'the signature does not match the body';
	}
	return found.missing === 'unknown'
		? 'TransactionLink does not know the key'
		: `the key could not be fetched: ${found.reason}`;
}

/** Verifies a delivery's signature with the trigger's own code, and describes it. */
export async function describeSignature(
	{ headers, body }: Delivery,
	server: KeyServer,
): Promise<SignatureFacts> {
	const [name, value] = findSignature(headers) ?? [];
	const verified = await verify(value, body, server);
	const reason = typeof verified === 'string' ? verified : null;
	return {
		header: name ?? null,
		form: formOf(value),
		jose: joseOf(value ?? ''),
		outcome: reason === null ? 'verified' : 'not verified',
		reason,
		isBodySignedBare: typeof verified === 'string' ? null : verified,
	};
}
