import type { RequestHandler } from 'express';

const LOCAL_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i;

/**
 * Whether a `Host` header contains this machine's name. If a site's DNS name resolves to 127.0.0.1 (DNS rebinding),
 * the browser lets the site read and write here, but still sends the site's own name.
 */
export function isLocalHost(host: string | undefined): boolean {
	return LOCAL_HOST.test(host ?? '');
}

/** Rejects requests to another name than this machine's. */
export const localHostOnly: RequestHandler = ({ headers: { host } }, response, next) => {
	if (isLocalHost(host)) next();
	else
		response
			.status(403)
			.json({ error: 'The sandbox responds at 127.0.0.1, localhost and [::1] only.' });
};

function hostOf(origin: string): string | null {
	return URL.canParse(origin) ? new URL(origin).host : null;
}

/**
 * Rejects browser requests from pages of other sites, so that no site can control the sandbox. Programs send no
 * `Origin` header, so they are accepted.
 */
export const ownOriginOnly: RequestHandler = ({ headers: { origin, host } }, response, next) => {
	if (origin === undefined || hostOf(origin) === host) next();
	else response.status(403).json({ error: `The sandbox takes no orders from ${origin}.` });
};
