import { sleep } from 'n8n-workflow';

/** One execution of a node, which holds slots. */
interface Holder {
	held: number;
}

/**
 * A semaphore whose limit may change. Slots are assigned in the order of the requests for them. An execution without
 * a slot gets one immediately, so stuck items of other executions cannot block it.
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
	 * @param signal ends the wait
	 * @returns whether the holder got a slot, which it must release
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

/** Releases the slot while something idle takes long, so that other items can use it. */
export type ReleaseSlotWhile = (idle: () => Promise<void>) => Promise<void>;

/**
 * Runs work 0 to count - 1, each in a slot, started in order.
 *
 * Yields to the event loop after each start. Otherwise all responses that arrive together start the next items before
 * the first request is sent, so requests stay in bursts and the process idles in between. See
 * docs/design/concurrency.md.
 *
 * @param slots may be shared with other executions; idle work holds none
 * @param signal once aborted, no further work starts, and idle work does not wait for a slot
 * @param work must not throw
 * @returns when all started work is done
 */
export async function runConcurrently(
	count: number,
	slots: Slots,
	signal: AbortSignal,
	work: (index: number, releaseSlotWhile: ReleaseSlotWhile) => Promise<void>,
): Promise<void> {
	const holder = { held: 0 };
	const begin = async (index: number): Promise<void> => {
		let hasSlot = true;
		let isDone = false;
		const releaseSlotWhile: ReleaseSlotWhile = async (idle) => {
			if (isDone) return;
			slots.release(holder);
			hasSlot = false;
			await idle();
			hasSlot = await slots.acquire(holder, signal);
			// The work may have ended meanwhile, for example by a timeout.
			if (isDone && hasSlot) slots.release(holder);
		};
		await work(index, releaseSlotWhile);
		isDone = true;
		if (hasSlot) slots.release(holder);
	};
	const begun: Array<Promise<void>> = [];
	for (let index = 0; index < count; index += 1) {
		if (!(await slots.acquire(holder, signal))) break;
		// Started before the item's own work, so that it takes no extra time.
		const turn = sleep(0);
		begun.push(begin(index));
		await turn;
	}
	await Promise.all(begun);
}
