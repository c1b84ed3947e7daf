import { header, type Response } from './response';
import type { Attempt } from './attempt';
import { SignInError } from '../authentication/signIn';

/** Passing trouble below 500 (RFC 9110, 15.5; 429: RFC 6585). */
const PASSING_REFUSALS = new Set([408, 429]);

/** Trouble of the server that does not go by: what was asked for is not there (RFC 9110, 15.6.2 and 15.6.6). */
const LASTING_TROUBLE = new Set([501, 505]);

/** Node's codes for a certificate that is not trusted. */
export const UNTRUSTED: ReadonlySet<string> = new Set([
	'CERT_HAS_EXPIRED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** The request never reached a server, so that it cannot have had an effect. */
const NEVER_SENT = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	// The certificate was looked at, and nothing was said after that.
	...UNTRUSTED,
]);

const FIRST_PAUSE_MILLISECONDS = 500;
/** What TransactionLink asks for beyond that is not waited for. */
export const LONGEST_PAUSE_MILLISECONDS = 30_000;

/**
 * Reads `Retry-After` in both its forms, seconds and a date (RFC 9110, 10.2.3).
 *
 * @param now in milliseconds since 1970
 * @returns milliseconds to wait, or nothing when the header is missing or cannot be read
 */
export function retryAfter(answer: Response, now: number): number | undefined {
	const value = header(answer, 'retry-after')?.trim();
	if (value === undefined || value === '') return undefined;
	if (/^\d+$/.test(value)) return Number(value) * 1000;
	const date = Date.parse(value);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Whether trouble of this kind usually goes by when one waits. */
export function isPassing(outcome: Attempt): boolean {
	if ('obstacle' in outcome) {
		return outcome.obstacle instanceof SignInError && !outcome.obstacle.refused;
	}
	if ('code' in outcome) return !UNTRUSTED.has(outcome.code);
	const { status } = outcome.answer;
	return PASSING_REFUSALS.has(status) || (status >= 500 && !LASTING_TROUBLE.has(status));
}

/**
 * Whether the call surely had no effect. Only then may a call that creates something be sent again: no
 * idempotency key is known, so a repetition after a timeout could make a second case or run.
 */
function surelyHadNoEffect(outcome: Attempt, now: number): boolean {
	if ('obstacle' in outcome) return true;
	if ('code' in outcome) return NEVER_SENT.has(outcome.code);
	const { status } = outcome.answer;
	return status === 429 || (status === 503 && retryAfter(outcome.answer, now) !== undefined);
}

/**
 * Says whether, and after how long, a call is sent once more.
 *
 * @param creates whether the call makes something, so that a repetition could make it twice
 * @param attempt how many times it was sent, from 1
 * @param attempts how many times it may be sent at most
 * @param chance between 0 and 1: spreads the pauses of calls that met the same trouble
 * @returns milliseconds to wait before it, or nothing when it is not to be sent again
 */
export function pauseBeforeRepeating(
	outcome: Attempt,
	creates: boolean,
	{
		attempt,
		attempts,
		now,
		chance,
	}: { attempt: number; attempts: number; now: number; chance: number },
): number | undefined {
	if (attempt >= attempts || !isPassing(outcome)) return undefined;
	if (creates && !surelyHadNoEffect(outcome, now)) return undefined;
	const growing = Math.min(
		FIRST_PAUSE_MILLISECONDS * 2 ** (attempt - 1) * (0.5 + chance),
		LONGEST_PAUSE_MILLISECONDS,
	);
	const asked = 'answer' in outcome ? retryAfter(outcome.answer, now) : undefined;
	if (asked !== undefined && asked > LONGEST_PAUSE_MILLISECONDS) return undefined;
	// "At once", or a date that is over by this clock, would use up all attempts at once.
	return Math.max(asked ?? 0, growing);
}
