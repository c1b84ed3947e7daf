// A wait ends with its work, at its deadline or at a cancellation, also while many others share its timer and signal.

import { getEventListeners } from 'node:events';
import { within } from '../../nodes/shared/http/deadline.ts';

const never = new Promise<never>(() => undefined);

describe('a wait with a deadline', () => {
	it('ends with its work', async () => {
		expect(await within(Promise.resolve(7), 60_000)).toEqual({ kind: 'done', result: 7 });
	});

	it('ends at its deadline, not before', async () => {
		const start = performance.now();
		expect(await within(never, 50)).toEqual({ kind: 'timeout' });
		expect(performance.now() - start).toBeGreaterThanOrEqual(49);
	});

	it('ends at its deadline if it is long, and others with nearly the same deadline have ended', async () => {
		const start = performance.now();
		const long = within(never, 10_010);
		await Promise.all(Array.from({ length: 100 }, () => within(Promise.resolve(), 10_000)));
		expect(await long).toEqual({ kind: 'timeout' });
		expect(performance.now() - start).toBeGreaterThanOrEqual(10_009);
	});

	it('ends at a cancellation, as all others with the same signal', async () => {
		const cancel = new AbortController();
		const waits = Array.from({ length: 1_000 }, () => within(never, 60_000, cancel.signal));
		expect(getEventListeners(cancel.signal, 'abort')).toHaveLength(1);
		cancel.abort();
		const ended = await Promise.all(waits);
		expect(ended.every(({ kind }) => kind === 'cancelled')).toBe(true);
		expect(await within(never, 60_000, cancel.signal)).toEqual({ kind: 'cancelled' });
	});

	it('leaves no listener at the signal, which Node 20 would keep in memory', async () => {
		const cancel = new AbortController();
		await Promise.all([1, 2].map((one) => within(Promise.resolve(one), 60_000, cancel.signal)));
		expect(getEventListeners(cancel.signal, 'abort')).toHaveLength(0);
		const last = within(never, 60_000, cancel.signal);
		cancel.abort();
		expect(await last).toEqual({ kind: 'cancelled' });
	});
});
