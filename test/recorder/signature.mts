import { decodeProtectedHeader } from 'jose';

import { findKey, type KeySource } from '../../nodes/TransactionLinkTrigger/keys.ts';
import { isSignedWith, readSignature } from '../../nodes/TransactionLinkTrigger/signature.ts';
import type { Delivery, Header } from './listener.mts';

/** The TransactionLink server that has the public keys. */
export interface KeyServer extends KeySource {
	baseUrl: string;
	/** The requests so far. */
	requests: { withAuthorization: boolean; status: number }[];
}

/**
 * Requests keys without authorization first: whether TransactionLink requires it is not documented.
 *
 * @param baseUrl checked, so that the authorization may be sent there
 */
export function keyServerAt(baseUrl: string, authorization?: string): KeyServer {
	const requests: KeyServer['requests'] = [];
	const get = async (url: string, headers: Record<string, string>) => {
		const signal = AbortSignal.timeout(10_000);
		const response = await fetch(url, { redirect: 'manual', signal, headers });
		const { status } = response;
		requests.push({ withAuthorization: 'authorization' in headers, status });
		return { status, headers: {}, body: await response.text() };
	};
	return {
		baseUrl,
		requests,
		async send({ path, query = [], accept = '*/*' }) {
			const url = `${baseUrl}${path}?${new URLSearchParams(Object.fromEntries(query)).toString()}`;
			const first = await get(url, { accept });
			if (first.status === 200 || authorization === undefined) return first;
			return await get(url, { accept, authorization });
		},
	};
}

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
	isPayloadUnencoded: boolean | null;
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
		const header = Object.entries(decodeProtectedHeader(value));
		return Object.fromEntries(
			header.map(([name, own]) => [name, SHOWN_IN_JOSE.has(name) ? own : typeof own]),
		);
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
	const found = await findKey({ id: 'recorder', baseUrl: server.baseUrl }, server, signature.keyId);
	if ('key' in found && isSignedWith(signature, body, found.key))
		return !signature.isPayloadEncoded;
	if ('key' in found) return 'the signature does not match the body';
	if (found.missing === 'unknown') return 'TransactionLink does not know the key';
	return `the key could not be fetched: ${found.reason}`;
}

/** Verifies a delivery's signature with the trigger's own code, and describes it. */
export async function describeSignature(
	{ headers, body }: Delivery,
	server: KeyServer,
): Promise<SignatureFacts> {
	const [header = null, value] = findSignature(headers) ?? [];
	const verified = await verify(value, body, server);
	const facts = { header, form: formOf(value), jose: joseOf(value ?? '') };
	return typeof verified === 'string'
		? { ...facts, outcome: 'not verified', reason: verified, isPayloadUnencoded: null }
		: { ...facts, outcome: 'verified', reason: null, isPayloadUnencoded: verified };
}
