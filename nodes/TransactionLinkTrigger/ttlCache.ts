interface Entry<Value> {
	value: Value;
	/** In milliseconds since 1970; after that it counts as gone. */
	until: number;
}

/** Keeps a bounded number of things for a while, and forgets the oldest first. */
export class TtlCache<Value> {
	private readonly entries = new Map<string, Entry<Value>>();

	private readonly most: number;

	constructor(most: number) {
		this.most = most;
	}

	/** @param now in milliseconds since 1970 */
	get(name: string, now: number): Value | undefined {
		const entry = this.entries.get(name);
		if (entry === undefined || entry.until > now) return entry?.value;
		this.entries.delete(name);
		return undefined;
	}

	delete(name: string): void {
		this.entries.delete(name);
	}

	/** @param until in milliseconds since 1970 */
	set(name: string, value: Value, until: number): void {
		this.entries.delete(name);
		for (const oldest of this.entries.keys()) {
			if (this.entries.size < this.most) break;
			this.entries.delete(oldest);
		}
		this.entries.set(name, { value, until });
	}
}
