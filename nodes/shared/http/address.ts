const LOOPBACK_HOSTS = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether an address is on this very machine. */
export function isLoopback({ hostname }: URL): boolean {
	return LOOPBACK_HOSTS.test(hostname);
}

/** Whether data on its way to an address cannot be read by others: HTTPS, or this very machine. */
export function isSecure(url: URL): boolean {
	return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
}

/**
 * Whether an address that a server gave may be opened: a secure one, and one on this machine only where the server is
 * there as well, as the sandbox is.
 *
 * @param server the server's own address
 */
export function mayLeadTo(server: string, link: string): boolean {
	if (!URL.canParse(link)) return false;
	const url = new URL(link);
	return isSecure(url) && (!isLoopback(url) || isLoopback(new URL(server)));
}
