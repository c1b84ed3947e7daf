/** The limit before anything is known about the server. */
export const FIRST_LIMIT = 16;

/** The highest limit. */
export const HIGHEST_LIMIT = 200;

/** The factor on the usual duration at which the limit stops growing. */
const TOLERANCE = 2;

/** The additional factor on the first growth: the first limit is chosen low, and one step less saves a duration. */
const FIRST_GROWTH = 2;

/** The factor on the limit after an overload. */
const BACKOFF = 0.85;

/** How fast the limit recovers after an overload, in requests per second³: an eighth of TCP's (RFC 9438, 4.1). */
const RECOVERY = 0.05;

/** The smallest number of responses in a round, however low the limit is. */
const SMALLEST_ROUND = 4;

/** After that, the server may have changed, so the usual duration is measured again. */
const BASELINE_LIFETIME_MILLISECONDS = 30_000;

const LIFETIME_MILLISECONDS = 300_000;

/**
 * What a request shows about the server: `healthy` is a success, whose duration counts; `overloaded` means that the
 * server is overloaded; `unknown` shows neither.
 */
export type Health = 'healthy' | 'overloaded' | 'unknown';

/** A request in flight. */
export interface Flight {
	/** Must be called once. */
	end(now: number, health: Health): void;
}

interface Beginning {
	kind: string;
	begun: number;
	round: number;
	/** The number of requests in flight, including this one. */
	level: number;
}

function median(numbers: number[]): number {
	const sorted = numbers.sort((one, other) => one - other);
	return sorted[sorted.length >> 1] ?? 1;
}

/**
 * Determines how many requests a server can process at the same time: a gradient limiter for slow responses, and the
 * cubic function of TCP after an overload. Uses no clock and no network. See docs/design/concurrency.md.
 *
 * It works in rounds. Only requests that start in a round count for it, because earlier ones met another limit. The
 * limit changes at the end of a round, or at its first overload.
 */
export class Limiter {
	private current = FIRST_LIMIT;

	private inFlight = 0;

	private round = 0;

	/** Until the first overload, a quarter of a round is enough, so that the limit doubles sooner. */
	private isStarting = true;

	/** The largest number of requests in flight in this round. */
	private peak = 0;

	/** The durations in this round, by kind. */
	private samples = new Map<string, number[]>();

	/** The duration of each kind without load. */
	private baselines = new Map<string, number>();

	private baselinesExpire = 0;

	/** The limit to return to after measuring the usual duration at half of it. */
	private beforeProbe: number | undefined;

	private lastOverload: { level: number; at: number } | undefined;

	/** When the last request ended; infinity at first. */
	private lastEnd = Number.POSITIVE_INFINITY;

	private readonly highest: number;

	/** @param highest the highest limit */
	constructor(highest = HIGHEST_LIMIT) {
		this.highest = highest;
	}

	/** The largest number of requests in flight. */
	get limit(): number {
		return this.current;
	}

	/** Whether no request has been in flight for so long that the limit may be wrong. */
	isOutdated(now: number): boolean {
		return this.inFlight === 0 && now - this.lastEnd > LIFETIME_MILLISECONDS;
	}

	/**
	 * @param kind what the request does: only durations of the same kind are compared
	 * @param now in milliseconds on a monotonic clock, as everywhere in this class
	 */
	begin(kind: string, now: number): Flight {
		this.inFlight += 1;
		this.peak = Math.max(this.peak, this.inFlight);
		const beginning = { kind, begun: now, round: this.round, level: this.inFlight };
		return { end: (end, health) => this.end(beginning, end, health) };
	}

	private end({ kind, begun, round, level }: Beginning, now: number, health: Health): void {
		if (health === 'overloaded' && begun >= (this.lastOverload?.at ?? begun))
			this.backOff(level, now);
		this.inFlight -= 1;
		this.lastEnd = now;
		if (health !== 'healthy' || round !== this.round) return;
		const durations = this.samples.get(kind) ?? [];
		this.samples.set(kind, durations);
		durations.push(Math.max(now - begun, 1));
		const count = [...this.samples.values()].reduce((sum, { length }) => sum + length, 0);
		const enough = this.isStarting ? this.current / 4 : this.current;
		if (count >= Math.max(SMALLEST_ROUND, enough)) this.endRound(now);
	}

	private backOff(inFlight: number, now: number): void {
		// If the limit was not used up, the number in flight shows nothing about it.
		const level = Math.min(this.current, Math.max(inFlight, this.current / 2));
		this.lastOverload = { level, at: now };
		this.beforeProbe = undefined;
		this.isStarting = false;
		this.beginRound(level * BACKOFF);
	}

	private endRound(now: number): void {
		const { current, beforeProbe } = this;
		const isExpired = now >= this.baselinesExpire;
		if (isExpired && beforeProbe === undefined && current > FIRST_LIMIT) {
			this.beforeProbe = current;
			this.beginRound(Math.max(FIRST_LIMIT, current / 2));
			return;
		}
		if (isExpired) {
			this.baselines.clear();
			this.baselinesExpire = now + BASELINE_LIFETIME_MILLISECONDS;
		}
		this.beforeProbe = undefined;
		const gradient = TOLERANCE / this.slowdown();
		if (gradient < 1.5) this.isStarting = false;
		const isFirst = this.isStarting && current === FIRST_LIMIT;
		this.beginRound(beforeProbe ?? this.next(isFirst ? gradient * FIRST_GROWTH : gradient, now));
	}

	private next(gradient: number, now: number): number {
		const used = Math.min(this.current, this.peak);
		if (gradient < 1) {
			// Never below the first limit, because a server can be slow for other reasons.
			const lowest = Math.min(this.current, FIRST_LIMIT);
			return Math.max(lowest, used * Math.max(gradient, 0.5));
		}
		if (used < this.current * 0.9) return this.current;
		const grown = this.current * gradient;
		return Math.max(this.current, Math.min(grown, this.recovered(now), this.highest));
	}

	/** Fast up to the limit of the last overload, slow around it, and fast again if it does not return. */
	private recovered(now: number): number {
		if (this.lastOverload === undefined) return HIGHEST_LIMIT;
		const { level, at } = this.lastOverload;
		const back = Math.cbrt((level * (1 - BACKOFF)) / RECOVERY);
		return level + RECOVERY * ((now - at) / 1_000 - back) ** 3;
	}

	/** The duration of this round's requests, as a multiple of the usual one. */
	private slowdown(): number {
		const ratios = [...this.samples].flatMap(([kind, durations]) => {
			const usual = Math.min(
				this.baselines.get(kind) ?? Number.POSITIVE_INFINITY,
				median(durations),
			);
			this.baselines.set(kind, usual);
			return durations.map((duration) => duration / usual);
		});
		return median(ratios);
	}

	private beginRound(limit: number): void {
		this.current = Math.max(1, Math.floor(limit));
		this.round += 1;
		this.peak = this.inFlight;
		this.samples = new Map();
	}
}
