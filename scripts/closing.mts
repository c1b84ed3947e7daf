/** Things that have to be ended, in the reverse order of their beginning. */
export interface Closing {
	/** Has something ended later. */
	add(end: () => Promise<void> | void): void;
	/** Ends everything that was added and is not ended yet. Whoever asks meanwhile waits for the same end. */
	everything(): Promise<void>;
}

/** Begins such a list. One thing that does not end well keeps none of the others from ending. */
export function closing(): Closing {
	const ends: (() => Promise<void> | void)[] = [];
	let underWay: Promise<void> | undefined;
	const endAll = async () => {
		for (let end = ends.pop(); end !== undefined; end = ends.pop()) {
			try {
				await end();
			} catch (error) {
				process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
			}
		}
	};
	return {
		add(end) {
			ends.push(end);
		},
		async everything() {
			underWay ??= endAll().finally(() => {
				underWay = undefined;
			});
			await underWay;
		},
	};
}

/**
 * Ends something that is only just starting, once it has started: until then nobody else could end it.
 *
 * @param starting what it starts with; when that fails, nothing is left to be ended
 */
export function stopping(starting: Promise<{ stop(): Promise<void> }>): () => Promise<void> {
	return async () => {
		await starting.then(
			(started) => started.stop(),
			() => undefined,
		);
	};
}
