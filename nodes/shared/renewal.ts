import type { Outcome } from './outcome';

/** How a request goes out. `renewing` lets n8n fetch a new access token on a 401, and repeat the request. */
export type Attempt = (mode: 'plain' | 'renewing') => Promise<Outcome>;

const UNAUTHORIZED = 401;

/** Wait for a leader, be one, and once more for those whose leader got no answer and renewed nothing. */
const ROUNDS = 3;

function isUnauthorized(outcome: Outcome): boolean {
	return 'answer' in outcome && outcome.answer.status === UNAUTHORIZED;
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
	private underway: Promise<Outcome> | undefined;

	/**
	 * @param attempt sends the request once; never throws
	 * @param isMissing whether there surely is no usable token yet
	 * @returns what the request came to: still a 401 when a fresh token did not help, and the leader's
	 *   obstacle, shared by all who waited, when no token could be had
	 */
	async send(attempt: Attempt, isMissing: boolean): Promise<Outcome> {
		let needsToken = isMissing;
		for (let round = 1; ; round += 1) {
			if (this.underway !== undefined) {
				const led = await this.underway;
				if ('obstacle' in led || isUnauthorized(led)) return led;
			} else if (needsToken) {
				return await this.lead(attempt);
			}
			const outcome = await attempt('plain');
			if (!isUnauthorized(outcome) || round === ROUNDS) return outcome;
			needsToken = true;
		}
	}

	private async lead(attempt: Attempt): Promise<Outcome> {
		this.underway = attempt('renewing');
		const outcome = await this.underway;
		this.underway = undefined;
		return outcome;
	}
}
