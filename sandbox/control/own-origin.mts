import type { RequestHandler } from 'express';

function hostOf(origin: string): string | null {
	return URL.canParse(origin) ? new URL(origin).host : null;
}

/**
 * Refuses what a page of another site makes a browser send, so that no site can steer the sandbox of whoever
 * visits it. Programs send no `Origin` header and pass.
 */
export const ownOriginOnly: RequestHandler = ({ headers: { origin, host } }, response, next) => {
	if (origin === undefined || hostOf(origin) === host) next();
	else response.status(403).json({ error: `The sandbox takes no orders from ${origin}.` });
};
