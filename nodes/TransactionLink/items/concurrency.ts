import { sleep } from 'n8n-workflow';

/** Who has slots: one execution of a node. */
interface Holder {
	held: number;
}

/**
 * Slots for a number of items at the same time that may change, given out in the order in which they were asked for.
 * An execution that has none gets one at once, so that the stuck items of others cannot hold it up.
 */
export class Slots {
	private used = 0;

	private readonly waiting = new Set<{ holder: Holder; take(): void }>();

	private readonly capacity: { readonly limit: number };

	constructor(capacity: { readonly limit: number }) {
		this.capacity = capacity;
	}

	/**
	 * Waits for a slot.
	 *
	 * @param signal ends the waiting
	 * @returns whether there is a slot now, to be released afterwards
	 */
	async acquire(holder: Holder, signal: AbortSignal): Promise<boolean> {
		if (signal.aborted) return false;
		if (holder.held === 0 || (this.waiting.size === 0 && this.isFree())) {
			this.give(holder);
			return true;
		}
		return await new Promise<boolean>((resolve) => {
			const leave = (): void => {
				this.waiting.delete(waiter);
				resolve(false);
			};
			const take = (): void => {
				signal.removeEventListener('abort', leave);
				this.waiting.delete(waiter);
				this.give(holder);
				resolve(true);
			};
			const waiter = { holder, take };
			signal.addEventListener('abort', leave, { once: true });
			this.waiting.add(waiter);
		});
	}

	release(holder: Holder): void {
		this.used -= 1;
		holder.held -= 1;
		for (const waiter of this.waiting) {
			if (this.isFree() || (waiter.holder === holder && holder.held === 0)) waiter.take();
			else if (holder.held > 0) return;
		}
	}

	private isFree(): boolean {
		return this.used < this.capacity.limit;
	}

	private give(holder: Holder): void {
		this.used += 1;
		holder.held += 1;
	}
}

/** Does something long that takes no work, and lets others work meanwhile. */
export type ReleaseSlotWhile = (idle: () => Promise<void>) => Promise<void>;

/**
 * Works through things 0 to count - 1, each in a slot, beginning them in order.
 *
 * After each beginning Node gets a turn. Without it, a crowd of answers that came together began all its
 * followers before the first of their requests went out: they stayed a crowd, and nothing was done while the
 * whole crowd was on its way.
 *
 * @param slots may be shared with others; one that rests does not take any
 * @param signal once it is aborted, no further one is begun, and none that rests waits for a slot
 * @param work does one; throws nothing
 * @returns when all that was begun is done
 */
export async function runConcurrently(
	count: number,
	slots: Slots,
	signal: AbortSignal,
	work: (index: number, rest: ReleaseSlotWhile) => Promise<void>,
): Promise<void> {
	const holder = { held: 0 };
	const begin = async (index: number): Promise<void> => {
		let hasSlot = true;
		const rest: ReleaseSlotWhile = async (idle) => {
			slots.release(holder);
			hasSlot = false;
			await idle();
			hasSlot = await slots.acquire(holder, signal);
		};
		await work(index, rest);
		if (hasSlot) slots.release(holder);
	};
	const begun: Array<Promise<void>> = [];
	for (let index = 0; index < count; index += 1) {
		if (!(await slots.acquire(holder, signal))) break;
		// Counted from before the item's own work, so that it costs no time.
		const turn = sleep(0);
		begun.push(begin(index));
		await turn;
	}
	await Promise.all(begun);
}
