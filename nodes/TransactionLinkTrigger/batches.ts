const BATCH = 8;

/** Runs a task for each element, a few at a time; the results keep the order. */
export async function inBatches<Thing, Result>(
	things: Thing[],
	task: (thing: Thing) => Promise<Result>,
): Promise<Result[]> {
	const results: Result[] = [];
	for (let start = 0; start < things.length; start += BATCH) {
		const batch = things.slice(start, start + BATCH);
		results.push(...(await Promise.all(batch.map(task))));
	}
	return results;
}
