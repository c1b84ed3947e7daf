import { constants, verify, type KeyObject } from 'node:crypto';
import { isObject } from '../shared/json';

/** The JOSE header of a signature that this trigger accepts (RFC 7515, section 4). */
export interface Signature {
	/** The id of the key, a UUID. */
	keyId: string;
	/** The header as it was sent: it is signed together with the body. */
	encodedHeader: string;
	/** Whether the body goes into the signature encoded; RFC 7797 allows the bare bytes. */
	isPayloadEncoded: boolean;
	bytes: Buffer;
}

/** Why a header is no signature that could be accepted. For the log, never for the sender. */
export interface Refusal {
	refusal: string;
}

/** No signature of this kind comes near it; more is not worth reading. */
const LONGEST_HEADER = 8192;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const DETACHED_JWS = /^([A-Za-z0-9_-]+)\.\.([A-Za-z0-9_-]+)$/;

/** Decodes base64url strictly: a text that stands for the same bytes in another way is refused. */
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

/** Says whether the body goes in encoded, or nothing when the header asks for what is not understood. */
function payloadEncoding({ b64, crit }: Record<string, unknown>): boolean | undefined {
	if (b64 === undefined && crit === undefined) return true;
	// RFC 7797, section 6: "b64" only counts when "crit" names it; any other critical name is not understood.
	const isCritical = Array.isArray(crit) && crit.length === 1 && crit[0] === 'b64';
	return isCritical && typeof b64 === 'boolean' ? b64 : undefined;
}

/**
 * Reads the header `JWS-SIGNATURE`: a JWS whose payload is the raw body, and therefore not in it (RFC 7515,
 * appendix F).
 *
 * @param value the header as it came
 * @returns what is needed to verify it, or why it can be none of TransactionLink's
 */
export function readSignature(value: unknown): Signature | Refusal {
	if (typeof value !== 'string' || value === '') return { refusal: 'no signature' };
	if (value.length > LONGEST_HEADER) return { refusal: 'signature too long' };
	const [, encodedHeader = '', encodedSignature = ''] = DETACHED_JWS.exec(value) ?? [];
	if (encodedHeader === '') return { refusal: 'not a detached JWS' };
	const headerBytes = decoded(encodedHeader);
	const bytes = decoded(encodedSignature);
	if (headerBytes === undefined || bytes === undefined) return { refusal: 'not base64url' };
	const header = parsedHeader(headerBytes);
	if (header === undefined) return { refusal: 'header is not a JSON object' };
	// One algorithm and no other: the sender does not choose how it is checked (RFC 8725, section 3.1).
	if (header.alg !== 'RS256') return { refusal: 'algorithm is not RS256' };
	if (typeof header.kid !== 'string' || !UUID.test(header.kid))
		return { refusal: 'key ID is not a UUID' };
	const isPayloadEncoded = payloadEncoding(header);
	if (isPayloadEncoded === undefined) return { refusal: 'critical header not understood' };
	return { keyId: header.kid, encodedHeader, isPayloadEncoded, bytes };
}

/**
 * Verifies that the body was signed with a key: RSASSA-PKCS1-v1_5 with SHA-256 over
 * `header "." BASE64URL(body)`, or over `header "." body` where the header says so (RFC 7797).
 *
 * @param body the bytes as they came, before anything parsed them
 * @param key an RSA public key
 */
export function isSignedWith(signature: Signature, body: Buffer, key: KeyObject): boolean {
	const { encodedHeader, isPayloadEncoded, bytes } = signature;
	const signed = isPayloadEncoded
		? Buffer.from(`${encodedHeader}.${body.toString('base64url')}`, 'ascii')
		: Buffer.concat([Buffer.from(`${encodedHeader}.`, 'ascii'), body]);
	return verify('sha256', signed, { key, padding: constants.RSA_PKCS1_PADDING }, bytes);
}
