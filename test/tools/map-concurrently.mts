/** Processes many things with several workers. The results are in the order of the things. */
export async function mapConcurrently<Thing, Result>(
	things: Thing[],
	workers: number,
	work: (thing: Thing) => Promise<Result>,
): Promise<Result[]> {
	const results: Result[] = [];
	const left = things.entries();
	const worker = async () => {
		for (const [index, thing] of left) results[index] = await work(thing);
	};
	await Promise.all(Array.from({ length: workers }, worker));
	return results;
}
