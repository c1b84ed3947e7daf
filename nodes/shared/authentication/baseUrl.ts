import { UserError } from 'n8n-workflow';
import { isSecure } from '../http/address';

/** Where TransactionLink lives; the vendor's documentation names no other host. */
export const DEFAULT_BASE_URL = 'https://api.transactionlink.io';

/** What a 404 means that is about nothing but the address: another server, or a path that does not exist. */
export const WRONG_ADDRESS = {
	message: 'There is no TransactionLink at this address',
	advice: 'Check the Base URL of the credential. Usually nothing follows the host.',
} as const;

/**
 * Checks the base URL of a credential before anything is sent there.
 *
 * TransactionLink is HTTPS only, and requests carry a secret. Plain HTTP is allowed to this machine alone, where the
 * sandbox runs.
 *
 * @param baseUrl as the user entered it; an empty text means the vendor's own address
 * @returns the address without a slash at its end, so that a path can follow
 * @throws UserError when it is not an address, not HTTPS, or carries a user name, a query or a fragment
 */
export function checkedBaseUrl(baseUrl: string): string {
	const entered = baseUrl.trim() || DEFAULT_BASE_URL;
	// "api.example.com" is no URL, and "localhost:4010" one with the scheme "localhost".
	if (!/^[a-z][a-z\d+.-]*:\/\//i.test(entered)) {
		throw new UserError(
			'The Base URL of the TransactionLink credential has no https:// before it',
			{
				description: `Enter the whole address in the credential, such as ${DEFAULT_BASE_URL}.`,
			},
		);
	}
	if (!URL.canParse(entered)) {
		throw new UserError('The Base URL of the TransactionLink credential is not an address', {
			description: `Enter an address such as ${DEFAULT_BASE_URL} in the credential.`,
		});
	}
	const url = new URL(entered);
	if (!isSecure(url)) {
		throw new UserError('The Base URL of the TransactionLink credential must start with https://', {
			description:
				'Only an address of this machine (127.0.0.1 or localhost) may start with http://.',
		});
	}
	if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
		throw new UserError(
			'The Base URL of the TransactionLink credential contains more than an address',
			{
				description: 'Leave out user names, passwords, and everything from ? or # on.',
			},
		);
	}
	return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/**
 * Tells whether a request goes to the place that a credential belongs to.
 *
 * @param address the full address of the request
 * @param baseUrl the checked base URL
 */
export function isBelow(address: string, baseUrl: string): boolean {
	if (!URL.canParse(address)) return false;
	const target = new URL(address);
	const base = new URL(baseUrl);
	const folder = base.pathname.endsWith('/') ? base.pathname : `${base.pathname}/`;
	return target.origin === base.origin && `${target.pathname}/`.startsWith(folder);
}
