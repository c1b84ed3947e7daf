/** Works on many things, some of them side by side, and keeps the order of what comes out. */
export async function sideBySide<Thing, Result>(
	things: Thing[],
	width: number,
	work: (thing: Thing) => Promise<Result>,
): Promise<Result[]> {
	const results: Result[] = [];
	const left = things.entries();
	const worker = async () => {
		for (const [place, thing] of left) results[place] = await work(thing);
	};
	await Promise.all(Array.from({ length: width }, worker));
	return results;
}
