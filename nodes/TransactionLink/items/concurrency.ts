import { sleep } from 'n8n-workflow';
import { monotonicNow } from '../../shared/http/clock';
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

/** Prepares an item, usually before there is a slot for it. Must not throw. */
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

/** The longest time for preparing and starting items before the process handles other events, in milliseconds. */
const TURN_MILLISECONDS = 10;

/** How long n8n takes, about, to send the request of a started item. It does so after the turn. */
const SENDING_MILLISECONDS = 1;

/** A turn of the event loop. */
class Turn {
	private end = monotonicNow() + TURN_MILLISECONDS;

	/** The largest number of items at once so far. */
	private most = 0;

	isOver(): boolean {
		return monotonicNow() >= this.end;
	}

	/** Of more items at once than before, only one starts in a turn, so that a fast 429 stops the growth. */
	countStart(atOnce: number): void {
		this.end = atOnce > this.most ? 0 : this.end - SENDING_MILLISECONDS;
		this.most = Math.max(this.most, atOnce);
	}

	/** Lets the process handle all events that have arrived. */
	async next(): Promise<void> {
		await sleep(0);
		this.end = monotonicNow() + TURN_MILLISECONDS;
	}
}

/**
 * Runs work 0 to count - 1, each in a slot, started in order. While all slots are used, it prepares the next items.
 *
 * Prepares and starts several items in each turn of the event loop, because a turn for each item takes a third more
 * time. See docs/design/concurrency.md.
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
	/** Prepared items without a slot, and their size. */
	const waiting: Prepared[] = [];
	let size = 0;
	let next = 0;
	const turn = new Turn();
	let hasSlot = false;
	while (!signal.aborted && (next < count || waiting.length > 0)) {
		if (turn.isOver()) {
			await turn.next();
			continue;
		}
		hasSlot ||= slots.acquireFree(holder);
		const first = hasSlot ? waiting.shift() : undefined;
		if (first !== undefined) {
			size -= first.size;
			hasSlot = false;
			begun.push(first.work());
			turn.countStart(holder.held);
		} else if (next < count && (hasSlot || (waiting.length < ahead && size <= MOST_WAITING))) {
			const index = next;
			next += 1;
			const prepared = withSlot(slots, signal, holder, (release) => prepare(index, release));
			waiting.push(prepared);
			size += prepared.size;
		} else {
			hasSlot = await slots.acquire(holder, signal);
			// Other responses that have arrived release their slots first, so that their items start together.
			await turn.next();
		}
	}
	if (hasSlot) slots.release(holder);
	await Promise.all(begun);
}
