/** Things that have to be ended, in the reverse order of their beginning. */
export interface Closing {
	/** Has something ended later. */
	add(end: () => Promise<void> | void): void;
	/** Ends everything that was added and is not ended yet. */
	everything(): Promise<void>;
}

/** Begins such a list. One thing that does not end well keeps none of the others from ending. */
export function closing(): Closing {
	const ends: (() => Promise<void> | void)[] = [];
	return {
		add(end) {
			ends.push(end);
		},
		async everything() {
			for (let end = ends.pop(); end !== undefined; end = ends.pop()) {
				try {
					await end();
				} catch (error) {
					process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
				}
			}
		},
	};
}
