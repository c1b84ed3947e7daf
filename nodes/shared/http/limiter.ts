/** So many requests are in flight before anything is known of the server. */
export const FIRST_LIMIT = 16;

/** Never more than this. */
export const HIGHEST_LIMIT = 200;

/** How many times as long as on an idle server a request may take before the limit stops growing. */
const TOLERANCE = 2;

/** What is left of the limit after trouble. */
const BACKOFF = 0.85;

/** How quickly the limit comes back after trouble, in requests per second³: an eighth of TCP's (RFC 9438, 4.1). */
const RECOVERY = 0.05;

/** So many responses make a round, however low the limit is. */
const SMALLEST_ROUND = 4;

/** After that, the server may have become another one, so the usual duration is measured again. */
const BASELINE_LIFETIME_MILLISECONDS = 30_000;

const LIFETIME_MILLISECONDS = 300_000;

/**
 * What came of a request: `healthy` is a success, whose duration counts; `trouble` means that the server has too much
 * to do; anything else says nothing about that.
 */
export type Health = 'healthy' | 'trouble' | 'unknown';

/** A request in flight. */
export interface Flight {
	/** To be called once. */
	end(now: number, health: Health): void;
}

interface Beginning {
	kind: string;
	begun: number;
	round: number;
	/** How many were in flight with it. */
	level: number;
}

function median(numbers: number[]): number {
	const sorted = numbers.sort((one, other) => one - other);
	return sorted[sorted.length >> 1] ?? 1;
}

/**
 * Finds out how many requests a server takes at the same time: a gradient limiter for what grows slower, the cubic
 * function of TCP after trouble. docs/design/concurrency.md says why. Knows no clock and no network.
 *
 * It works in rounds. Only requests that begin in a round count for it, because all others met another limit, and the
 * limit changes at the end of a round, or at the first trouble in it.
 */
export class Limiter {
	private current = FIRST_LIMIT;

	private inFlight = 0;

	private round = 0;

	/** Until the server first turns out to be busy, a quarter of a round is enough: the limit doubles sooner. */
	private isStarting = true;

	/** The most that were in flight in this round. */
	private peak = 0;

	/** The durations in this round, by kind. */
	private samples = new Map<string, number[]>();

	/** The duration of each kind on a server that is not busy. */
	private baselines = new Map<string, number>();

	private baselinesExpire = 0;

	/** The limit to return to when the usual duration has been measured with half of it. */
	private beforeProbe: number | undefined;

	private lastTrouble: { level: number; at: number } | undefined;

	/** When a request ended last; never, at first. */
	private lastEnd = Number.POSITIVE_INFINITY;

	/** How many requests may be in flight. */
	get limit(): number {
		return this.current;
	}

	/** Whether nothing has been in flight for so long that what was found out may no longer hold. */
	isOutdated(now: number): boolean {
		return this.inFlight === 0 && now - this.lastEnd > LIFETIME_MILLISECONDS;
	}

	/**
	 * @param kind what the request does: only durations of the same kind are compared
	 * @param now in milliseconds on a monotonic clock, as everywhere here
	 */
	begin(kind: string, now: number): Flight {
		this.inFlight += 1;
		this.peak = Math.max(this.peak, this.inFlight);
		const beginning = { kind, begun: now, round: this.round, level: this.inFlight };
		return { end: (end, health) => this.end(beginning, end, health) };
	}

	private end({ kind, begun, round, level }: Beginning, now: number, health: Health): void {
		if (health === 'trouble' && begun >= (this.lastTrouble?.at ?? begun)) this.backOff(level, now);
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
		// Where the limit was not used, the number in flight says nothing about it.
		const level = Math.min(this.current, Math.max(inFlight, this.current / 2));
		this.lastTrouble = { level, at: now };
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
		this.beginRound(beforeProbe ?? this.next(gradient, now));
	}

	private next(gradient: number, now: number): number {
		const used = Math.min(this.current, this.peak);
		if (gradient < 1) {
			// Never below the beginning: that a server is slow says too little about why.
			const lowest = Math.min(this.current, FIRST_LIMIT);
			return Math.max(lowest, used * Math.max(gradient, 0.5));
		}
		if (used < this.current * 0.9) return this.current;
		const grown = this.current * gradient;
		return Math.max(this.current, Math.min(grown, this.recovered(now), HIGHEST_LIMIT));
	}

	/** Quickly up to where the trouble began, slowly past it, and quickly again where it does not come back. */
	private recovered(now: number): number {
		if (this.lastTrouble === undefined) return HIGHEST_LIMIT;
		const { level, at } = this.lastTrouble;
		const back = Math.cbrt((level * (1 - BACKOFF)) / RECOVERY);
		return level + RECOVERY * ((now - at) / 1_000 - back) ** 3;
	}

	/** How many times as long as on an idle server the requests of this round took. */
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
