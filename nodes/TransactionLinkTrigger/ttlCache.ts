interface Entry<Value> {
	value: Value;
	/** By the monotonic clock, in milliseconds. */
	expiresAt: number;
}

/** A bounded cache whose entries expire. When it is full, the oldest entry is removed. */
export class TtlCache<Value> {
	private readonly entries = new Map<string, Entry<Value>>();

	private readonly capacity: number;

	constructor(capacity: number) {
		this.capacity = capacity;
	}

	/** @param now by the monotonic clock, in milliseconds */
	get(name: string, now: number): Value | undefined {
		const entry = this.entries.get(name);
		if (entry === undefined || entry.expiresAt > now) return entry?.value;
		this.entries.delete(name);
		return undefined;
	}

	delete(name: string): void {
		this.entries.delete(name);
	}

	/** @param expiresAt by the monotonic clock, in milliseconds */
	set(name: string, value: Value, expiresAt: number): void {
		this.entries.delete(name);
		for (const oldest of this.entries.keys()) {
			if (this.entries.size < this.capacity) break;
			this.entries.delete(oldest);
		}
		this.entries.set(name, { value, expiresAt });
	}
}
