import { sleep } from 'n8n-workflow';
import type { Holder, Slots } from './slots';

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
