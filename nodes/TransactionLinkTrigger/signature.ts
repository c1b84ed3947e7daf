import { constants, verify, type KeyObject } from 'node:crypto';
import { isObject } from '../shared/json';

/** The JOSE header of a signature that this trigger accepts (RFC 7515, section 4). */
export interface Signature {
	/** The ID of the key, a UUID in lower case. */
	keyId: string;
	/** The header as received: the signature covers it and the body. */
	encodedHeader: string;
	/** Whether the signature covers the body in base64url; RFC 7797 allows the raw bytes. */
	isPayloadEncoded: boolean;
	bytes: Buffer;
}

/** A header that cannot be a valid signature. The reason is for the log, never for the sender. */
export interface InvalidSignature {
	invalid: string;
}

/** Several times the length of a genuine signature. */
const LONGEST_HEADER = 8192;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const DETACHED_JWS = /^([A-Za-z0-9_-]+)\.\.([A-Za-z0-9_-]+)$/;

/** Decodes base64url strictly: rejects other encodings of the same bytes. */
function decoded(text: string): Buffer | undefined {
	const bytes = Buffer.from(text, 'base64url');
	return bytes.toString('base64url') === text ? bytes : undefined;
}

function parsedHeader(bytes: Buffer): Record<string, unknown> | undefined {
	try {
		const header: unknown = JSON.parse(bytes.toString('utf8'));
		return isObject(header) ? header : undefined;
	} catch {
		return undefined;
	}
}

/** Whether the signature covers the body in base64url; undefined when the header requires an unknown extension. */
function payloadEncoding({ b64, crit }: Record<string, unknown>): boolean | undefined {
	if (b64 === undefined && crit === undefined) return true;
	// RFC 7797, section 6: "b64" applies only if "crit" lists it. RFC 7515: unknown critical names are rejected.
	const isCritical = Array.isArray(crit) && crit.length === 1 && crit[0] === 'b64';
	return isCritical && typeof b64 === 'boolean' ? b64 : undefined;
}

/**
 * Reads the header `JWS-SIGNATURE`: a JWS with detached payload, which is the raw body (RFC 7515, appendix F).
 *
 * @param value the header's value
 */
export function readSignature(value: unknown): Signature | InvalidSignature {
	if (typeof value !== 'string' || value === '') return { invalid: 'no signature' };
	if (value.length > LONGEST_HEADER) return { invalid: 'signature too long' };
	const [, encodedHeader = '', encodedSignature = ''] = DETACHED_JWS.exec(value) ?? [];
	if (encodedHeader === '') return { invalid: 'not a detached JWS' };
	const headerBytes = decoded(encodedHeader);
	const bytes = decoded(encodedSignature);
	if (headerBytes === undefined || bytes === undefined) return { invalid: 'not base64url' };
	const header = parsedHeader(headerBytes);
	if (header === undefined) return { invalid: 'header is not a JSON object' };
	// One algorithm: the sender must not choose how the signature is verified (RFC 8725, section 3.1).
	if (header.alg !== 'RS256') return { invalid: 'algorithm is not RS256' };
	if (typeof header.kid !== 'string' || !UUID.test(header.kid))
		return { invalid: 'key ID is not a UUID' };
	const isPayloadEncoded = payloadEncoding(header);
	if (isPayloadEncoded === undefined) return { invalid: 'unknown critical header' };
	return { keyId: header.kid.toLowerCase(), encodedHeader, isPayloadEncoded, bytes };
}

/**
 * Verifies that the body was signed with a key: RSASSA-PKCS1-v1_5 with SHA-256 over `header "." BASE64URL(body)`, or
 * over `header "." body` if the header requires that (RFC 7797).
 *
 * @param body the raw bytes
 * @param key an RSA public key
 */
export function isSignedWith(signature: Signature, body: Buffer, key: KeyObject): boolean {
	const { encodedHeader, isPayloadEncoded, bytes } = signature;
	const signed = isPayloadEncoded
		? Buffer.from(`${encodedHeader}.${body.toString('base64url')}`, 'ascii')
		: Buffer.concat([Buffer.from(`${encodedHeader}.`, 'ascii'), body]);
	return verify('sha256', signed, { key, padding: constants.RSA_PKCS1_PADDING }, bytes);
}
