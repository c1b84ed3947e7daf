const LOOPBACK_HOSTS = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether an address is on this machine. */
function isLoopback({ hostname }: URL): boolean {
	return LOOPBACK_HOSTS.test(hostname);
}

/** Whether others cannot read data on its way to an address: HTTPS, or this machine. */
export function isSecure(url: URL): boolean {
	return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
}

/**
 * Whether an address from a server may be opened: a secure one, or one on this machine if the server is on this
 * machine too, like the sandbox.
 *
 * @param server the server's own address
 */
export function mayLeadTo(server: string, link: string): boolean {
	if (!URL.canParse(link)) return false;
	const url = new URL(link);
	return isSecure(url) && (!isLoopback(url) || isLoopback(new URL(server)));
}
