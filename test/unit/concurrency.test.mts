// Items start in order and release every slot, and the number of slots can change.

import {
	type ReleaseSlotWhile,
	runConcurrently,
} from '../../nodes/TransactionLink/items/concurrency.ts';
import { Slots } from '../../nodes/TransactionLink/items/slots.ts';

const never = new AbortController().signal;

/** Runs items whose preparation does nothing. */
const runAll = (
	count: number,
	slots: Slots,
	signal: AbortSignal,
	work: (index: number, releaseSlotWhile: ReleaseSlotWhile) => Promise<void>,
) =>
	runConcurrently(count, { slots, ahead: 1 }, signal, (index, releaseSlotWhile) => ({
		work: async () => await work(index, releaseSlotWhile),
		size: 0,
	}));

/** A promise, and the function that resolves it. */
function gate() {
	let open: () => void = () => undefined;
	const passed = new Promise<void>((resolve) => {
		open = resolve;
	});
	return { open, passed };
}

/** An execution whose items wait until they are let through, and which can be ended. */
function startWaiting(slots: Slots, count: number) {
	const [own, end] = [gate(), new AbortController()];
	const seen: number[] = [];
	const finished = runAll(count, slots, end.signal, async (index) => {
		seen.push(index);
		await own.passed;
	});
	return { seen, finished, letThrough: own.open, end: () => end.abort() };
}

/** Lets so many timers of a millisecond pass, in which items start. */
async function timers(count: number): Promise<void> {
	for (let passed = 0; passed < count; passed += 1)
		await new Promise<void>((resolve) => void setTimeout(resolve, 1));
}

const turn = () =>
	new Promise<void>((resolve) => {
		setImmediate(resolve);
	});

/** Counts the iterations of the event loop. */
function countTurns() {
	let current = 0;
	let next = setImmediate(function count() {
		current += 1;
		next = setImmediate(count);
	});
	return { current: () => current, stop: () => clearImmediate(next) };
}

/** @param turns the turn of each event */
const mostInOneTurn = (turns: number[]) =>
	Math.max(...turns.map((one) => turns.filter((other) => other === one).length));

describe('concurrent items', () => {
	it('start several together, and let the process handle other events in between', async () => {
		const turns = countTurns();
		const starts: number[] = [];
		const [first, second] = [gate(), gate()];
		const running = runAll(60, new Slots({ limit: 30 }), never, async (index) => {
			starts.push(turns.current());
			if (index === 29) first.open();
			await (index < 30 ? second : first).passed;
		});
		await first.passed;
		second.open();
		await running;
		turns.stop();
		// More at once than before start one by one.
		expect(mostInOneTurn(starts.slice(0, 30))).toBe(1);
		expect(mostInOneTurn(starts.slice(30))).toBeGreaterThan(1);
		expect(mostInOneTurn(starts.slice(30))).toBeLessThanOrEqual(10);
	});

	it('let the process handle other events while many are prepared that take long', async () => {
		const turns = countTurns();
		const preparations: number[] = [];
		const slots = new Slots({ limit: 1 });
		await runConcurrently(10, { slots, ahead: 10 }, never, () => {
			preparations.push(turns.current());
			const end = performance.now() + 6;
			while (performance.now() < end);
			return { work: turn, size: 0 };
		});
		turns.stop();
		expect(mostInOneTurn(preparations)).toBeLessThanOrEqual(2);
	});

	it('do not start once the signal is aborted', async () => {
		const end = new AbortController();
		const seen: number[] = [];
		await runAll(10, new Slots({ limit: 2 }), end.signal, (index) => {
			seen.push(index);
			if (index === 3) end.abort();
			return Promise.resolve();
		});
		expect(seen).toEqual([0, 1, 2, 3]);
	});

	it('release every slot, even if the execution ends while items are idle', async () => {
		const slots = new Slots({ limit: 3 });
		const end = new AbortController();
		await runAll(3, slots, end.signal, async (index, releaseSlotWhile) => {
			await releaseSlotWhile(async () => {
				await turn();
				if (index === 2) end.abort();
			});
		});
		const holder = { held: 0 };
		const acquire = async (signal: AbortSignal) => await slots.acquire(holder, signal);
		expect([await acquire(never), await acquire(never), await acquire(never)]).toEqual([
			true,
			true,
			true,
		]);
		// There is no fourth slot.
		expect(await acquire(AbortSignal.timeout(20))).toBe(false);
	});
});

describe('items without a slot', () => {
	const preparedWith = async (ahead: number, size: number) => {
		const [busy, prepared] = [gate(), new Array<number>()];
		const slots = new Slots({ limit: 2 });
		const end = new AbortController();
		const running = runConcurrently(20, { slots, ahead }, end.signal, (index) => {
			prepared.push(index);
			return { work: async () => await busy.passed, size };
		});
		await timers(50);
		end.abort();
		busy.open();
		await running;
		return prepared;
	};

	it.each([1, 5])('are prepared, but only so many that wait for one (%d)', async (ahead) => {
		expect(await preparedWith(ahead, 100)).toEqual(Array.from({ length: 2 + ahead }, (_, i) => i));
	});

	it('are not prepared while those that wait take much memory', async () => {
		expect(await preparedWith(5, 1_500_000)).toEqual([0, 1, 2, 3, 4]);
		expect(await preparedWith(5, 5_000_000)).toEqual([0, 1, 2]);
	});
});

describe('an item whose work ends while a part of it is idle', () => {
	it.each([0, 2])('leaves no slot in use (%d more idle times)', async (more) => {
		const slots = new Slots({ limit: 1 });
		const [idle, next] = [gate(), gate()];
		let abandoned = Promise.resolve();
		const seen: number[] = [];
		await runAll(3, slots, never, async (index, releaseSlotWhile) => {
			seen.push(index);
			if (index === 0) {
				abandoned = releaseSlotWhile(async () => await idle.passed).then(async () => {
					for (let times = 0; times < more; times += 1) await releaseSlotWhile(turn);
				});
			}
			// The next item has the slot when the idle part of the first one ends.
			if (index === 1) {
				idle.open();
				await turn();
				next.open();
			}
		});
		await Promise.all([abandoned, next.passed]);
		expect(seen).toEqual([0, 1, 2]);
		const holder = { held: 0 };
		expect(await slots.acquire(holder, never)).toBe(true);
		// There is no second slot.
		expect(await slots.acquire(holder, AbortSignal.timeout(20))).toBe(false);
	});
});

describe('slots that executions share', () => {
	it('are granted to an execution with few items before one with many has finished', async () => {
		const slots = new Slots({ limit: 2 });
		const seen: string[] = [];
		const run = (name: string, count: number) =>
			runAll(count, slots, never, async (index) => {
				seen.push(`${name}${index}`);
				await turn();
			});
		await Promise.all([run('many', 50), run('few', 3)]);
		expect(seen.indexOf('few2')).toBeLessThan(12);
		expect(seen).toHaveLength(53);
	});

	it('let each execution continue with one item while the items of others are stuck', async () => {
		const slots = new Slots({ limit: 2 });
		const stuck = startWaiting(slots, 2);
		const seen: number[] = [];
		let [active, most] = [0, 0];
		await runAll(5, slots, never, async (index, releaseSlotWhile) => {
			active += 1;
			most = Math.max(most, active);
			seen.push(index);
			await turn();
			active -= 1;
			await releaseSlotWhile(turn);
		});
		expect(seen).toEqual([0, 1, 2, 3, 4]);
		expect(most).toBe(1);
		stuck.letThrough();
		await stuck.finished;
	});

	it('are not requested by an execution that has ended', async () => {
		const slots = new Slots({ limit: 1 });
		const busy = startWaiting(slots, 1);
		const over = startWaiting(slots, 5);
		await timers(10);
		over.end();
		over.letThrough();
		await over.finished;
		expect(over.seen).toEqual([0]);
		busy.letThrough();
		await busy.finished;
	});

	it('are released by an execution that ends before it uses the one it got', async () => {
		const slots = new Slots({ limit: 2 });
		const busy = startWaiting(slots, 1);
		const over = startWaiting(slots, 3);
		await timers(10);
		over.letThrough();
		// The next item gets the slot of the first one, but starts in the next turn of the event loop.
		for (let count = 0; count < 20; count += 1) await Promise.resolve();
		over.end();
		busy.letThrough();
		await Promise.all([busy.finished, over.finished]);
		expect(over.seen).toEqual([0]);
		const holder = { held: 0 };
		expect([slots.acquireFree(holder), slots.acquireFree(holder)]).toEqual([true, true]);
	});

	it('increase or decrease while they are in use', async () => {
		const capacity = { limit: 1 };
		const slots = new Slots(capacity);
		const gates = Array.from({ length: 8 }, gate);
		let [active, most] = [0, 0];
		const running = runAll(8, slots, never, async (index) => {
			active += 1;
			most = Math.max(most, active);
			await gates[index]?.passed;
			active -= 1;
		});
		const countsWith = async (limit: number, opened: number) => {
			capacity.limit = limit;
			most = 0;
			gates[opened]?.open();
			await timers(20);
			return [active, most];
		};
		expect(await countsWith(4, 0)).toEqual([4, 4]);
		// One of four items ends, and only two may be active.
		expect(await countsWith(2, 1)).toEqual([3, 0]);
		for (const { open } of gates) open();
		await running;
		expect(active).toBe(0);
	});
});
