/** Keeps the newest entries and forgets the oldest ones, so that a long benchmark does not fill the memory. */
export class BoundedList<Entry> {
	readonly #limit: number;
	#entries: Entry[] = [];

	/** `limit`: how many entries are remembered at least; up to a quarter more may be, to forget in bulk. */
	constructor(limit: number) {
		this.#limit = limit;
	}

	/** Remembers one more entry. */
	add(entry: Entry): void {
		this.#entries.push(entry);
		if (this.#entries.length > this.#limit * 1.25)
			this.#entries = this.#entries.slice(-this.#limit);
	}

	/** The remembered entries, oldest first, at most the limit. */
	all(): readonly Entry[] {
		return this.#entries.slice(-this.#limit);
	}

	/** Forgets everything. */
	clear(): void {
		this.#entries = [];
	}
}
