/** Allows so many things at once, and so many more each second after. */
export class RateLimiter {
	private left: number;

	private since = 0;

	private readonly atOnce: number;

	private readonly aSecond: number;

	constructor(atOnce: number, aSecond: number) {
		this.atOnce = atOnce;
		this.aSecond = aSecond;
		this.left = atOnce;
	}

	/**
	 * Takes one.
	 *
	 * @param now in milliseconds since 1970
	 * @returns false when there is none left for now
	 */
	take(now: number): boolean {
		const earned = (Math.max(0, now - this.since) / 1000) * this.aSecond;
		this.left = Math.min(this.atOnce, this.left + earned);
		this.since = now;
		if (this.left < 1) return false;
		this.left -= 1;
		return true;
	}
}
