import { FlattenedSign } from 'jose';
import type { SigningKey } from './keys.mts';

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
