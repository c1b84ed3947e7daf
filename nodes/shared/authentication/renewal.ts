import type { Attempt } from '../http/attempt';
import { pause } from '../http/pause';
import { SignInError } from './signIn';

/** How a request goes out. `renewing` lets n8n fetch a new access token on a 401, and repeat the request. */
export type Send = (mode: 'plain' | 'renewing') => Promise<Attempt>;

const UNAUTHORIZED = 401;

/** A leader's own request may take long after its token has come; nobody waits for that. */
const LONGEST_WAIT_MILLISECONDS = 3_000;

/** How often a request waits for a leader, leads, or tries again, before it is given up. */
const ROUNDS = 5;

/** Those who led got no answer, so that nobody knows whether the key is good: this usually goes by. */
function noToken(): SignInError {
	return new SignInError(
		'TransactionLink gave no access token in time',
		'Check the network of this n8n. This usually goes by within a few minutes.',
		false,
	);
}

function isUnauthorized(outcome: Attempt): boolean {
	return 'answer' in outcome && outcome.answer.status === UNAUTHORIZED;
}

function isSuccess(outcome: Attempt): boolean {
	return 'answer' in outcome && outcome.answer.status >= 200 && outcome.answer.status < 300;
}

/**
 * Sees to it that an access token is renewed once, however many requests find out side by side that they
 * need a new one. n8n locks nothing: left alone, each of a hundred requests would fetch its own.
 *
 * So requests go out plainly, a 401 comes back as an answer, and the first that needs a token leads: its
 * repetition is the one that n8n renews the token for. The others wait, then go out with the new token.
 * A request that was answered 401 had no effect, so repeating it is safe.
 */
export class Renewal {
	private underway: Promise<Attempt> | undefined;

	private renewals = 0;

	/** How often a token may have been renewed so far: whoever keeps a copy of it reads it again when this has grown. */
	get count(): number {
		return this.renewals;
	}

	/**
	 * @param attempt sends the request once; never throws
	 * @param isMissing whether there surely is no usable token yet
	 * @param signal ends the waiting when the person cancels
	 * @returns what the request came to: still a 401 when a fresh token did not help, and the leader's
	 *   obstacle, shared by all who waited, when no token could be had
	 */
	async send(attempt: Send, isMissing: boolean, signal?: AbortSignal): Promise<Attempt> {
		let needsToken = isMissing;
		for (let round = 1; round <= ROUNDS; round += 1) {
			const leading = this.underway;
			if (leading !== undefined) {
				const led = await Promise.race([leading, pause(LONGEST_WAIT_MILLISECONDS, signal)]);
				if (led !== undefined && ('obstacle' in led || isUnauthorized(led))) return led;
				// The token may have come long ago, and only the leader's own request still goes on.
				if (led === undefined) this.renewals += 1;
			} else if (needsToken) {
				return await this.lead(attempt);
			}
			const outcome = await attempt('plain');
			// So it had come, and nobody else needs to wait.
			if (isSuccess(outcome) && this.underway === leading) this.underway = undefined;
			if (!isUnauthorized(outcome)) return outcome;
			needsToken = true;
		}
		return { obstacle: noToken() };
	}

	private async lead(attempt: Send): Promise<Attempt> {
		const leading = attempt('renewing');
		this.underway = leading;
		const outcome = await leading;
		this.renewals += 1;
		if (this.underway === leading) this.underway = undefined;
		return outcome;
	}
}

/** The one renewal of each credential in this process; a few bytes a credential that was used. */
const renewals = new Map<string, Renewal>();

/** @param key says which credential it is, and for which TransactionLink */
export function renewalOf(key: string): Renewal {
	let renewal = renewals.get(key);
	if (renewal === undefined) {
		renewal = new Renewal();
		renewals.set(key, renewal);
	}
	return renewal;
}
