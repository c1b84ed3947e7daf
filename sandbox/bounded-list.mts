/** A list that keeps the newest entries only, so that a long benchmark does not fill the memory. */
export class BoundedList<Entry> {
	readonly #limit: number;
	#entries: Entry[] = [];

	/** `limit`: the smallest number of kept entries; up to a quarter more are kept, to delete in bulk. */
	constructor(limit: number) {
		this.#limit = limit;
	}

	/** Adds an entry. */
	add(entry: Entry): void {
		this.#entries.push(entry);
		if (this.#entries.length > this.#limit * 1.25)
			this.#entries = this.#entries.slice(-this.#limit);
	}

	/** The kept entries, oldest first, at most the limit. */
	all(): readonly Entry[] {
		return this.#entries.slice(-this.#limit);
	}

	/** Deletes everything. */
	clear(): void {
		this.#entries = [];
	}
}
