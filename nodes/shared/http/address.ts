const LOOPBACK_HOSTS = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether an address is on this very machine. */
export function isLoopback({ hostname }: URL): boolean {
	return LOOPBACK_HOSTS.test(hostname);
}

/** Whether data on its way to an address cannot be read by others: HTTPS, or this very machine. */
export function isSecure(url: URL): boolean {
	return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
}
