import { verify } from 'node:crypto';
import type { SandboxUnderTest } from './process.mts';

/**
 * The JOSE header of a detached JWS.
 *
 * @throws if it has a payload or other parts
 */
export function headerOf(signature: string): Record<string, unknown> {
	const [header = '', payload, ...rest] = signature.split('.');
	if (payload !== '' || rest.length !== 1) throw new Error(`${signature} is not a detached JWS`);
	return JSON.parse(Buffer.from(header, 'base64url').toString());
}

/**
 * Whether a detached JWS is a valid signature of a body by the key that it names: RSA with SHA-256 over the
 * header, a dot, and the body in base64url (RFC 7515) or unencoded (RFC 7797). Uses only node:crypto.
 */
export async function isGenuine(
	sandbox: SandboxUnderTest,
	signature: string,
	body: Buffer,
): Promise<boolean> {
	const [header = '', , value = ''] = signature.split('.');
	const { kid, b64 } = headerOf(signature);
	const { status, data: pem } = await sandbox.anonymous.get(
		`/auth/webhooks/key/${String(kid)}?pem=true`,
	);
	if (status !== 200) return false;
	const payload = b64 === false ? body : Buffer.from(body.toString('base64url'));
	const signed = Buffer.concat([Buffer.from(`${header}.`), payload]);
	return verify('RSA-SHA256', signed, pem, Buffer.from(value, 'base64url'));
}
