import { createHash } from 'node:crypto';
import { UserError, type ICredentialDataDecryptedObject } from 'n8n-workflow';
import { cleanCompact } from '../fields/hygiene';
import { NotSentError } from '../http/notSentError';
import { checkedBaseUrl } from './baseUrl';

/** The credential's name in n8n, by which nodes read it. */
export const CREDENTIAL_NAME = 'transactionLinkApi';

/** The credential as the code uses it: every field is there, and the base URL is checked. */
export interface Credential {
	authentication: 'apiKey' | 'organizationToken';
	apiKey: string;
	apiSecret: string;
	organizationToken: string;
	baseUrl: string;
	/** The stored access token with its seal (see `seal`); empty before the first exchange. */
	accessToken: string;
}

/** A secret that was pasted: blanks and invisible characters do not belong to it. */
function text(value: unknown): string {
	return typeof value === 'string' ? cleanCompact(value) : '';
}

function readAuthentication(value: unknown): Credential['authentication'] {
	if (value === 'apiKey') return value;
	// A credential that the panel did not save may lack what has a default.
	if (value === 'organizationToken' || value === undefined) return 'organizationToken';
	throw new UserError(
		'Authentication of the TransactionLink credential is not one of its choices',
		{
			description:
				'Choose one from the list; an expression has to return apiKey or organizationToken.',
		},
	);
}

/**
 * Reads the decrypted credential.
 *
 * @param data what n8n stores under the names of the credential's fields
 * @throws UserError when Authentication is not one of its choices, or the base URL is none that a secret may be sent to
 */
export function readCredential(data: ICredentialDataDecryptedObject): Credential {
	return {
		authentication: readAuthentication(data.authentication),
		apiKey: text(data.apiKey),
		apiSecret: text(data.apiSecret),
		organizationToken: text(data.organizationToken).replace(/^Bearer\s+/i, ''),
		baseUrl: checkedBaseUrl(text(data.baseUrl)),
		accessToken: text(data.accessToken),
	};
}

/** A hash of what an access token is fetched with: it reveals nothing of it. */
export function origin({ apiKey, apiSecret, baseUrl }: Credential): string {
	return createHash('sha256')
		.update(JSON.stringify([apiKey, apiSecret, baseUrl]))
		.digest('base64url');
}

/**
 * Ties an access token to the key, secret and base URL it was fetched with. n8n keeps a stored token when any
 * of the three is changed; without the seal it would go on being used, and be sent to the new address.
 *
 * @returns what to store
 */
export function seal(accessToken: string, credential: Credential): string {
	return `${origin(credential)}.${accessToken}`;
}

/**
 * Opens a token that was sealed with `seal`.
 *
 * @returns the access token, or nothing when there is none or it was fetched with something else
 */
export function unsealed(credential: Credential): string | undefined {
	const prefix = `${origin(credential)}.`;
	return credential.accessToken.startsWith(prefix)
		? credential.accessToken.slice(prefix.length)
		: undefined;
}

/**
 * The value of the `Authorization` header.
 *
 * @returns nothing when there is no token yet
 * @throws NotSentError when the organization token is empty
 */
export function authorization(credential: Credential): string | undefined {
	// The organization token goes bare, without "Bearer" (the vendor's documentation).
	if (credential.authentication === 'organizationToken') {
		if (credential.organizationToken !== '') return credential.organizationToken;
		throw new NotSentError('The TransactionLink credential has no Organization Token', {
			description: 'Enter the Organization Token from the TransactionLink dashboard.',
			code: 'NO_TOKEN',
			isTransient: false,
		});
	}
	const accessToken = unsealed(credential);
	return accessToken === undefined ? undefined : `Bearer ${accessToken}`;
}
