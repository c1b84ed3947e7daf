import { verify } from 'node:crypto';
import type { SandboxUnderTest } from './process.mts';

/** The JOSE header of a detached JWS. Throws when it has a payload or other parts. */
export function headerOf(signature: string): Record<string, unknown> {
	const [header = '', payload, ...rest] = signature.split('.');
	if (payload !== '' || rest.length !== 1) throw new Error(`${signature} is no detached JWS`);
	return JSON.parse(Buffer.from(header, 'base64url').toString());
}

/**
 * Whether a detached JWS is a good signature of a body by the key that it names, found out with nothing but
 * the platform: RSA with SHA-256 over the header, a dot, and the body in base64url (RFC 7515), or the body as
 * it is (RFC 7797).
 */
export async function isGenuine(
	sandbox: SandboxUnderTest,
	signature: string,
	body: Buffer,
): Promise<boolean> {
	const [header = '', , value = ''] = signature.split('.');
	const { kid, b64 } = headerOf(signature);
	const { status, data: pem } = await sandbox.stranger.get(
		`/auth/webhooks/key/${String(kid)}?pem=true`,
	);
	if (status !== 200) return false;
	const payload = b64 === false ? body : Buffer.from(body.toString('base64url'));
	const signed = Buffer.concat([Buffer.from(`${header}.`), payload]);
	return verify('RSA-SHA256', signed, pem, Buffer.from(value, 'base64url'));
}
