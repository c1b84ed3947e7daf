import { UserError } from 'n8n-workflow';
import { isSecure } from '../http/address';

/** TransactionLink's address; its documentation contains no other host. */
export const DEFAULT_BASE_URL = 'https://api.transactionlink.io';

/** A 404 for a request without IDs: another server, or a path that does not exist. */
export const WRONG_ADDRESS = {
	message: 'There is no TransactionLink at this address',
	advice: 'Check the Base URL of the credential. Usually nothing follows the host.',
} as const;

/**
 * Checks the base URL of a credential before any request is sent there.
 *
 * TransactionLink supports HTTPS only, and requests contain a secret. Plain HTTP is allowed only to the same machine,
 * where the sandbox runs.
 *
 * @param baseUrl as the user entered it; empty for TransactionLink's own address
 * @returns the address without a trailing slash
 * @throws UserError when it is not an address, not HTTPS, or contains a user name, a query or a fragment
 */
export function checkedBaseUrl(baseUrl: string): string {
	const entered = baseUrl.trim() || DEFAULT_BASE_URL;
	// "api.example.com" is not a URL, and "localhost:4010" has the scheme "localhost".
	if (!/^[a-z][a-z\d+.-]*:\/\//i.test(entered)) {
		const isLocal = URL.canParse(`http://${entered}`) && isSecure(new URL(`http://${entered}`));
		const scheme = isLocal ? 'http://' : 'https://';
		throw new UserError(
			`The Base URL of the TransactionLink credential has no ${scheme} before it`,
			{
				description: isLocal
					? 'Enter the whole address in the credential, as the sandbox prints it.'
					: `Enter the whole address in the credential, such as ${DEFAULT_BASE_URL}.`,
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
 * Whether the address of a request is below a credential's base URL.
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
