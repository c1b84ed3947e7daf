import { sleep } from 'n8n-workflow';

/** Places for a bounded number at the same time, given out in the order in which they were asked for. */
class Semaphore {
	private free: number;

	private readonly waiting: Array<() => void> = [];

	constructor(count: number) {
		this.free = count;
	}

	async acquire(): Promise<void> {
		if (this.free > 0) {
			this.free -= 1;
			return;
		}
		await new Promise<void>((resolve) => {
			this.waiting.push(resolve);
		});
	}

	release(): void {
		const next = this.waiting.shift();
		if (next === undefined) this.free += 1;
		else next();
	}
}

/** Does something long that takes no work, and lets others work meanwhile. */
export type ReleaseSlotWhile = (idle: () => Promise<void>) => Promise<void>;

/**
 * Works through things 0 to count - 1, a bounded number of them at the same time, beginning them in order.
 *
 * After each beginning Node gets a turn. Without it, a crowd of answers that came together began all its
 * followers before the first of their requests went out: they stayed a crowd, and nothing was done while the
 * whole crowd was on its way.
 *
 * @param atOnce how many at the same time at most; one that rests does not count
 * @param work does one; when it says false, no further one is begun
 * @returns when all that was begun is done
 */
export async function runConcurrently(
	count: number,
	atOnce: number,
	work: (index: number, rest: ReleaseSlotWhile) => Promise<boolean>,
): Promise<void> {
	const places = new Semaphore(atOnce);
	const rest: ReleaseSlotWhile = async (idle) => {
		places.release();
		await idle();
		await places.acquire();
	};
	const begun: Array<Promise<void>> = [];
	let goesOn = true;
	const begin = async (index: number): Promise<void> => {
		if (!(await work(index, rest))) goesOn = false;
		places.release();
	};
	for (let index = 0; index < count; index += 1) {
		await places.acquire();
		if (!goesOn) break;
		// Counted from before the item's own work, so that it costs no time.
		const turn = sleep(0);
		begun.push(begin(index));
		await turn;
	}
	await Promise.all(begun);
}
