import type { Figures } from './row.mts';

/** The middle one of some figures; between the two middle ones when their number is even. */
export function median(figures: number[]): number {
	const sorted = [...figures].sort((one, other) => one - other);
	const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
	const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
	return (lower + upper) / 2;
}

/**
 * Measures both sides in turns, so that whatever else the machine does meets both alike. Who begins changes from
 * round to round. Each side has one turn before that which does not count: caches fill, code gets compiled.
 */
export async function inTurns(
	rounds: number,
	ours: () => Promise<number>,
	theirs: () => Promise<number>,
): Promise<Figures> {
	const figures: Figures = { ours: [], theirs: [] };
	const sides = [
		async (isCounted: boolean) => {
			const figure = await ours();
			if (isCounted) figures.ours.push(figure);
		},
		async (isCounted: boolean) => {
			const figure = await theirs();
			if (isCounted) figures.theirs.push(figure);
		},
	];
	for (let round = 0; round <= rounds; round += 1) {
		for (const side of round % 2 === 0 ? sides : [...sides].reverse()) await side(round > 0);
	}
	return figures;
}
