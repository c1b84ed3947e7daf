// A pause ends in time, or immediately after a cancellation.

import { pause } from '../../nodes/shared/http/pause.ts';

const A_DAY = 86_400_000;

// No test waits for a day, and no timer of a day may keep the tests from ending.
beforeEach(() => {
	jest.useFakeTimers();
});
afterEach(() => {
	jest.useRealTimers();
});

describe('a pause', () => {
	it('ends at once when it is cancelled in the middle', async () => {
		const cancel = new AbortController();
		const paused = pause(A_DAY, cancel.signal);
		cancel.abort();
		expect(await paused).toBeUndefined();
	});

	it('does not start after a cancellation', async () => {
		expect(await pause(A_DAY, AbortSignal.abort())).toBeUndefined();
		expect(jest.getTimerCount()).toBe(0);
	});

	it('ends after its time, and not before', async () => {
		let isOver = false;
		const paused = pause(A_DAY, new AbortController().signal).then(() => {
			isOver = true;
		});
		await jest.advanceTimersByTimeAsync(A_DAY - 1);
		expect(isOver).toBe(false);
		await jest.advanceTimersByTimeAsync(1);
		await paused;
		expect(isOver).toBe(true);
	});
});
