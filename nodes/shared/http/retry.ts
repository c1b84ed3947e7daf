import { CANCELLED, type Attempt } from './attempt';
import type { Health } from './limiter';
import { header, type Response } from './response';

/** What is known about the effect of a request, from one attempt to send it. */
export type Effect = 'neverSent' | 'didNotHappen' | 'mayHaveHappened' | 'happened';

/** Permanent server errors: the server lacks the method or the version (RFC 9110, 15.6.2 and 15.6.6). */
const PERMANENT_SERVER_ERRORS = new Set([501, 505]);

/** Node's and OpenSSL's codes for a connection that was never established. */
const NOT_CONNECTED = new Set([
	'EADDRNOTAVAIL',
	'EAI_AGAIN',
	'EAI_FAIL',
	'EAI_NODATA',
	'EAI_NONAME',
	'ECONNREFUSED',
	'EHOSTDOWN',
	'EHOSTUNREACH',
	'ENETDOWN',
	'ENETUNREACH',
	'ENOTFOUND',
	// The TLS handshake failed, for example because the server uses plain HTTP.
	'EPROTO',
]);

/** OpenSSL's codes for certificates, as Node documents them (X509 certificate error codes), and Node's own. */
const UNTRUSTED =
	/^(CERT_|CRL_|UNABLE_TO_|ERROR_IN_C|ERR_TLS_CERT_|(DEPTH_ZERO_)?SELF_SIGNED_CERT)/;
const UNTRUSTED_TOO = new Set([
	'HOSTNAME_MISMATCH',
	'INVALID_CA',
	'INVALID_PURPOSE',
	'PATH_LENGTH_EXCEEDED',
]);

/** Codes that a wrong clock also causes. */
const WRONG_TIME = /^C(ERT|RL)_(NOT_YET_VALID|HAS_EXPIRED)$/;

/** Codes of a failed handshake. Other TLS codes also occur when a connection breaks after the request was read. */
const HANDSHAKE =
	/^ERR_SSL_.*(HANDSHAKE_FAILURE|UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|NO_PROTOCOLS_AVAILABLE|UNRECOGNIZED_NAME)/;

/** The network can also report these for an established connection. */
const PERHAPS_CONNECTED = new Set(['EHOSTDOWN', 'EHOSTUNREACH', 'ENETDOWN', 'ENETUNREACH']);

const FIRST_PAUSE_MILLISECONDS = 500;

/** The node does not wait longer than this, even if the server asks for it. */
export const LONGEST_PAUSE_MILLISECONDS = 30_000;

/** Whether a code means that the server's certificate is not trusted. */
export function isUntrusted(code: string): boolean {
	return UNTRUSTED.test(code) || UNTRUSTED_TOO.has(code);
}

/** Whether a wrong clock of this machine may be the reason for an untrusted certificate. */
export function isWrongTime(code: string): boolean {
	return WRONG_TIME.test(code);
}

const HTTP_DATE = /^(Mon|Tues?|Wed(nes)?|Thu(rs)?|Fri|Sat(ur)?|Sun)(day)?,? .*\d\d:\d\d:\d\d/;

/**
 * Reads `Retry-After` in both forms, seconds and a date (RFC 9110, 10.2.3). Fractions of a second, which some servers
 * send, are rounded up. A date counts from the server's own `Date`, independently of this machine's clock.
 *
 * @param now in milliseconds since 1970, for a response without `Date`
 * @returns milliseconds to wait, or undefined when the header is missing or invalid
 */
export function retryAfter(response: Pick<Response, 'headers'>, now: number): number | undefined {
	const value = header(response, 'retry-after')?.trim() ?? '';
	if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value)) * 1000;
	if (!HTTP_DATE.test(value)) return undefined;
	const date = Date.parse(value);
	const sent = Date.parse(header(response, 'date') ?? '');
	return Number.isNaN(date) ? undefined : Math.max(0, date - (Number.isNaN(sent) ? now : sent));
}

/** Whether the failure of an attempt is transient. */
export function isTransient(attempt: Attempt): boolean {
	if (attempt.kind === 'notSent') return attempt.error.isTransient;
	if (attempt.kind === 'network') return !isUntrusted(attempt.code) && attempt.code !== CANCELLED;
	const { status } = attempt.response;
	return (
		status === 408 || status === 429 || (status >= 500 && !PERMANENT_SERVER_ERRORS.has(status))
	);
}

/** Statuses of an overloaded server, or of a gateway whose server did not respond in time. */
const OVERLOADED = new Set([408, 429, 503, 504]);

/** What an attempt shows about the load of the server. */
export function healthOf(attempt: Attempt): Health {
	if (attempt.kind === 'network') return isTransient(attempt) ? 'overloaded' : 'unknown';
	if (attempt.kind === 'notSent') return 'unknown';
	const { status } = attempt.response;
	if (OVERLOADED.has(status)) return 'overloaded';
	return status >= 200 && status <= 299 ? 'healthy' : 'unknown';
}

/**
 * What an attempt shows without its body. It decides whether a request is repeated; for the message about a 2xx,
 * `api/errors.ts` also reads the body.
 *
 * A 3xx or 4xx means that the request was rejected, except 408: the server may have processed a request that it did
 * not read to its end. A 503 with `Retry-After` means that the server has not started.
 */
export function effectOf(attempt: Attempt): Effect {
	if (attempt.kind === 'notSent') return 'neverSent';
	if (attempt.kind === 'network') {
		const { code, wasConnected = false } = attempt;
		if (wasConnected && PERHAPS_CONNECTED.has(code)) return 'mayHaveHappened';
		return NOT_CONNECTED.has(code) || isUntrusted(code) || HANDSHAKE.test(code)
			? 'neverSent'
			: 'mayHaveHappened';
	}
	const { status } = attempt.response;
	if (status >= 200 && status <= 299) return 'happened';
	if (status >= 300 && status <= 499 && status !== 408) return 'didNotHappen';
	const isAskedToWait = status === 503 && retryAfter(attempt.response, 0) !== undefined;
	return isAskedToWait ? 'didNotHappen' : 'mayHaveHappened';
}

/** Whether a request certainly had no effect. */
function hadNoEffect(attempt: Attempt): boolean {
	const effect = effectOf(attempt);
	return effect === 'neverSent' || effect === 'didNotHappen';
}

/** The progress of a repeated request. */
export interface Progress {
	/** The number of attempts so far, from 1. */
	attempt: number;
	/** The largest number of attempts. */
	attempts: number;
	/** The remaining total time, in milliseconds. */
	left: number;
	/** In milliseconds since 1970. */
	now: number;
	/** Between 0 and 1: spreads the pauses of requests that met the same server error. */
	chance: number;
}

function askedPause(attempt: Attempt, now: number): number | undefined {
	if (attempt.kind === 'response') return retryAfter(attempt.response, now);
	return attempt.kind === 'notSent' ? attempt.error.retryAfter : undefined;
}

/**
 * Decides whether and when a request is repeated.
 *
 * @param isIdempotent whether a repetition has no additional effect. No idempotency key is known, so any other
 *   request is repeated only if it certainly had no effect.
 * @returns milliseconds to wait before the next attempt, or undefined for no further attempt
 */
export function pauseBeforeRepeating(
	attempt: Attempt,
	isIdempotent: boolean,
	{ attempt: count, attempts, left, now, chance }: Progress,
): number | undefined {
	if (count >= attempts || !isTransient(attempt)) return undefined;
	if (!isIdempotent && !hadNoEffect(attempt)) return undefined;
	const growing = Math.min(
		FIRST_PAUSE_MILLISECONDS * 2 ** (count - 1) * (0.5 + chance),
		LONGEST_PAUSE_MILLISECONDS,
	);
	const asked = askedPause(attempt, now);
	if (asked !== undefined && asked > LONGEST_PAUSE_MILLISECONDS) return undefined;
	// Zero, or a date in the past, would use up all attempts immediately.
	const wait = Math.max(asked ?? 0, growing);
	return wait < left ? wait : undefined;
}
