/**
 * Works through places 0 to count - 1, a bounded number of them at the same time, beginning them in order.
 *
 * @param atOnce how many at the same time at most
 * @param work does one place; when it says false, no further place is begun
 * @returns when all that was begun is done
 */
export async function sideBySide(
	count: number,
	atOnce: number,
	work: (index: number) => Promise<boolean>,
): Promise<void> {
	let next = 0;
	let goesOn = true;
	const worker = async (): Promise<void> => {
		while (goesOn && next < count) {
			const index = next;
			next += 1;
			if (!(await work(index))) goesOn = false;
		}
	};
	await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker));
}
