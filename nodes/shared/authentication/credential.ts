import { hash } from 'node:crypto';
import { UserError, type ICredentialDataDecryptedObject } from 'n8n-workflow';
import { cleanCompact } from '../fields/hygiene';
import { NotSentError } from '../http/notSentError';
import { checkedBaseUrl } from './baseUrl';

/** The credential's name in n8n. */
export const CREDENTIAL_NAME = 'transactionLinkApi';

/** The credential with all its fields and a checked base URL. */
export interface Credential {
	authentication: 'apiKey' | 'organizationToken';
	apiKey: string;
	apiSecret: string;
	organizationToken: string;
	baseUrl: string;
	/** The stored access token with its seal (see `seal`); empty before the first exchange. */
	accessToken: string;
}

/** Removes blanks and invisible characters from a pasted secret. */
function text(value: unknown): string {
	return typeof value === 'string' ? cleanCompact(value) : '';
}

function readAuthentication(value: unknown): Credential['authentication'] {
	if (value === 'apiKey') return value;
	// A credential that was not saved in the panel may lack fields with a default.
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
 * @param data the fields of the credential as n8n stores them
 * @throws UserError when Authentication is not one of its choices, or the base URL must not get a secret
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

/** A hash of the key, secret and base URL, which does not reveal them. */
export function origin({ apiKey, apiSecret, baseUrl }: Credential): string {
	return hash('sha256', JSON.stringify([apiKey, apiSecret, baseUrl]), 'base64url');
}

/**
 * Ties an access token to its key, secret and base URL. n8n keeps the stored token when one of them changes; without
 * the seal, the old token would be sent to the new address.
 *
 * @returns the text to store
 */
export function seal(accessToken: string, credential: Credential): string {
	return `${origin(credential)}.${accessToken}`;
}

/**
 * Reads a token that was sealed with `seal`.
 *
 * @returns the access token, or undefined when there is none or it belongs to other values
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
 * @returns undefined when there is no token yet
 * @throws NotSentError when the organization token is empty
 */
export function authorization(credential: Credential): string | undefined {
	// The organization token is sent without "Bearer" (documented).
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
