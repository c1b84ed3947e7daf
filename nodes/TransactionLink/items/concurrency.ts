import { sleep } from 'n8n-workflow';
import { onAbort } from '../../shared/http/abort';

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

/** The largest size of prepared items that wait for a slot; one of them may exceed it. */
const MOST_WAITING = 4_000_000;

/** Releases the slot while something idle takes long, so that other items can use it. */
export type ReleaseSlotWhile = (idle: () => Promise<void>) => Promise<void>;

/** An item that is ready to start. */
export interface Prepared {
	/** Processes the item. Must not throw. */
	work: () => Promise<void>;
	/** How much memory it takes, about, in characters. */
	size: number;
}

/** Prepares an item before it has a slot. Must not throw. */
export type Prepare = (index: number, releaseSlotWhile: ReleaseSlotWhile) => Prepared;

/** The slots of an execution. */
export interface Sharing {
	/** May be shared with other executions; idle work holds none. */
	slots: Slots;
	/** The largest number of prepared items that wait for a slot; at least 1. */
	ahead: number;
}

/** Prepares an item. Its work begins with a slot, and ends by releasing it. */
function withSlot(
	slots: Slots,
	signal: AbortSignal,
	holder: Holder,
	prepare: (releaseSlotWhile: ReleaseSlotWhile) => Prepared,
): Prepared {
	let hasSlot = true;
	let isDone = false;
	const { work, size } = prepare(async (idle) => {
		if (isDone) return;
		slots.release(holder);
		hasSlot = false;
		await idle();
		hasSlot = await slots.acquire(holder, signal);
		// The work may have ended meanwhile, for example by a timeout.
		if (isDone && hasSlot) slots.release(holder);
	});
	const workInSlot = async (): Promise<void> => {
		await work();
		isDone = true;
		if (hasSlot) slots.release(holder);
	};
	return { work: workInSlot, size };
}

/**
 * Runs work 0 to count - 1, each in a slot, started in order. While all slots are used, it prepares the next items.
 *
 * Yields to the event loop after each preparation and each start. Otherwise all responses that arrive together start
 * the next items before the first request is sent, so requests stay in bursts and the process idles in between. See
 * docs/design/concurrency.md.
 *
 * @param signal once aborted, nothing more is prepared or started, and idle work does not wait for a slot
 * @returns when all started work is done
 */
export async function runConcurrently(
	count: number,
	{ slots, ahead }: Sharing,
	signal: AbortSignal,
	prepare: Prepare,
): Promise<void> {
	const holder = { held: 0 };
	const begun: Array<Promise<void>> = [];
	/** The size of all prepared items that have not started. */
	let waiting = 0;
	const start = async ({ work, size }: Prepared): Promise<void> => {
		if (!(await slots.acquire(holder, signal))) return;
		// Started before the item's own work, so that it takes no extra time.
		const turn = sleep(0);
		begun.push(work());
		waiting -= size;
		await turn;
	};
	/** Resolves when the item with this index has started. */
	const starts: Array<Promise<void>> = [];
	for (let index = 0; index < count; index += 1) {
		await starts[index - ahead];
		if (signal.aborted) break;
		const turn = sleep(0);
		const prepared = withSlot(slots, signal, holder, (releaseSlotWhile) =>
			prepare(index, releaseSlotWhile),
		);
		waiting += prepared.size;
		const previous = starts.at(-1) ?? Promise.resolve();
		starts.push(previous.then(async () => await start(prepared)));
		await (waiting > MOST_WAITING ? starts[index] : turn);
	}
	await Promise.all(starts);
	await Promise.all(begun);
}
