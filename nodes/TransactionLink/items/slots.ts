import { onAbort } from '../../shared/http/abort';

/** One execution of a node, which holds slots. */
export interface Holder {
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

	/** @returns whether the holder got a slot immediately, which it must release */
	acquireFree(holder: Holder): boolean {
		const isPossible = holder.held === 0 || (this.waiting.size === 0 && this.isFree());
		if (isPossible) this.give(holder);
		return isPossible;
	}

	/**
	 * Waits for a slot.
	 *
	 * @param signal ends the wait
	 * @returns whether the holder got a slot, which it must release
	 */
	async acquire(holder: Holder, signal: AbortSignal): Promise<boolean> {
		if (signal.aborted) return false;
		if (this.acquireFree(holder)) return true;
		return await new Promise<boolean>((resolve) => {
			const forget = onAbort(signal, () => {
				this.waiting.delete(waiter);
				resolve(false);
			});
			const take = (): void => {
				forget();
				this.waiting.delete(waiter);
				this.give(holder);
				resolve(true);
			};
			const waiter = { holder, take };
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
