import { CANCELLED, type Attempt, type NotSentAttempt } from '../http/attempt';
import { monotonicNow } from '../http/clock';
import { within } from '../http/deadline';
import { NotSentError } from '../http/notSentError';
import { pause } from '../http/pause';
import { pauseBeforeRepeating } from '../http/retry';
import type { TokenHolder, Used } from './tokenHolder';

const UNAUTHORIZED = 401;

/**
 * After this number of rejected tokens, the credential counts as rejected. A single token can be revoked before its
 * use.
 */
const ROUNDS = 6;

/** How often a request waits for another one to sign in. */
const MOST_WAITS = 6;

const SIGN_IN_ATTEMPTS = 4;

/** No further sign-in starts after that. */
const SIGN_IN_TOTAL_MILLISECONDS = 45_000;

/** The longest time for all sign-ins of one leader. */
const LONGEST_WAIT_MILLISECONDS = 120_000;

const MOST_REJECTED = 50;

function notSent(message: string, code: string, isTransient: boolean): NotSentAttempt {
	const description = isTransient
		? 'Check the network of this n8n, then run the node again in a few minutes.'
		: 'Run the node again.';
	return { kind: 'notSent', error: new NotSentError(message, { description, code, isTransient }) };
}

/** The attempt of a request that was not sent, because the user cancelled the execution. */
export function cancelledBefore(): NotSentAttempt {
	return notSent('The execution was cancelled before the request was sent', CANCELLED, false);
}

function isUnauthorized(attempt: Attempt): boolean {
	return attempt.kind === 'response' && attempt.response.status === UNAUTHORIZED;
}

/**
 * Renews the access token of one API key, one renewal at a time in this process. n8n does not lock the token: without
 * this class, each of a hundred requests would sign in.
 *
 * The first request that needs a token leads: its copy of the token is empty, so n8n signs in. The others wait for
 * the new token and use it. A request that got a 401 had no effect, so repeating it is safe.
 */
export class Renewal {
	private newest: string | undefined;

	/** Tokens that got a 401, oldest first. */
	private readonly rejected = new Set<string>();

	/** Resolves when the leader has a token, or with the reason why not. */
	private leading: Promise<NotSentAttempt | undefined> | undefined;

	private release: (failure?: NotSentAttempt) => void = () => {};

	private adopt: (token: string) => void = () => {};

	private exchanging: Promise<string> | undefined;

	/**
	 * Sends a request with a token that was not rejected yet.
	 *
	 * @returns a 401 only after several new tokens were rejected; `notSent` when there is no token
	 */
	async send(holder: TokenHolder, cancel?: AbortSignal): Promise<Attempt> {
		let rejections = 0;
		let waits = 0;
		while (cancel?.aborted !== true) {
			// Use another execution's token only after waiting for it, or after a rejection: n8n must store a token for a
			// credential that has none.
			const others = waits + rejections > 0 ? this.usable(this.newest) : undefined;
			const token = this.usable(holder.token()) ?? others;
			if (token === undefined && this.leading !== undefined) {
				waits += 1;
				if (waits > MOST_WAITS)
					return notSent('TransactionLink gave no access token in time', 'SIGN_IN_TIMEOUT', true);
				const ended = await within(this.leading, LONGEST_WAIT_MILLISECONDS, cancel);
				if (ended.kind === 'done' && ended.result !== undefined) return ended.result;
				continue;
			}
			const used =
				token === undefined
					? await this.lead(holder, cancel)
					: { attempt: await holder.send(token), token };
			if (used === 'tokenFound') continue;
			if (!isUnauthorized(used.attempt)) return used.attempt;
			this.reject(used.token);
			rejections += 1;
			if (rejections === ROUNDS) return used.attempt;
		}
		return cancelledBefore();
	}

	/**
	 * Exchanges key and secret for a token. Concurrent calls share one exchange.
	 *
	 * @param exchange does the exchange, and returns the token as n8n stores it
	 */
	async exchange(exchange: () => Promise<string>): Promise<string> {
		this.exchanging ??= exchange()
			.then((token) => {
				this.arrived(token);
				return token;
			})
			.finally(() => {
				this.exchanging = undefined;
			});
		return await this.exchanging;
	}

	private usable(token: string | undefined): string | undefined {
		return token === undefined || this.rejected.has(token) ? undefined : token;
	}

	private reject(token: string | undefined): void {
		if (token === undefined) return;
		this.rejected.add(token);
		const [oldest] = this.rejected;
		if (this.rejected.size > MOST_REJECTED && oldest !== undefined) this.rejected.delete(oldest);
	}

	/** Waiting requests do not wait for the leader's own request. */
	private arrived(token: string): void {
		this.newest = token;
		this.adopt(token);
		this.release();
	}

	/** @returns `tokenFound` when the stored credential already has a token, and nothing was sent */
	private async lead(holder: TokenHolder, cancel?: AbortSignal): Promise<Used | 'tokenFound'> {
		const leading = new Promise<NotSentAttempt | undefined>((resolve) => {
			this.release = (failure) => {
				resolve(failure);
				if (this.leading === leading) this.leading = undefined;
			};
		});
		this.leading = leading;
		const adopt = (token: string): void => holder.adopt(token);
		this.adopt = adopt;
		const { release } = this;
		try {
			const stored = this.usable(await holder.reread());
			if (stored !== undefined) {
				this.newest = stored;
				return 'tokenFound';
			}
			const used = await this.signIn(holder, cancel);
			if (used.token !== undefined) this.newest = used.token;
			release(
				used.attempt.kind === 'notSent' && cancel?.aborted !== true ? used.attempt : undefined,
			);
			return used;
		} finally {
			// In any case, end the wait of other requests, and do not keep the execution in memory.
			release();
			if (this.adopt === adopt) this.adopt = () => {};
		}
	}

	private async signIn(holder: TokenHolder, cancel?: AbortSignal): Promise<Used> {
		const end = monotonicNow() + SIGN_IN_TOTAL_MILLISECONDS;
		for (let count = 1; ; count += 1) {
			const used = await holder.signIn();
			if (used.attempt.kind !== 'notSent') return used;
			const wait = pauseBeforeRepeating(used.attempt, true, {
				attempt: count,
				attempts: SIGN_IN_ATTEMPTS,
				left: end - monotonicNow(),
				now: Date.now(),
				chance: Math.random(),
			});
			if (wait === undefined) return used;
			await pause(wait, cancel);
			if (cancel?.aborted === true) return used;
		}
	}
}

const MOST_RENEWALS = 500;

/** The renewals of this process, by key, secret and base URL. */
const renewals = new Map<string, Renewal>();

/** @param origin see `origin`: credentials with the same key, secret and base URL share a token */
export function renewalOf(origin: string): Renewal {
	let renewal = renewals.get(origin);
	if (renewal === undefined) {
		renewal = new Renewal();
		renewals.set(origin, renewal);
		const [oldest] = renewals.keys();
		if (renewals.size > MOST_RENEWALS && oldest !== undefined) renewals.delete(oldest);
	}
	return renewal;
}
