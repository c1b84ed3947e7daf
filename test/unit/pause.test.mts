// A pause ends after its time, or as soon as it is cancelled.

import { pause } from '../../nodes/shared/http/pause.ts';

const A_DAY = 86_400_000;

// No test can wait for a day, and a real timer would keep the process running.
beforeEach(() => {
	jest.useFakeTimers();
});
afterEach(() => {
	jest.useRealTimers();
});

describe('a pause', () => {
	it('ends immediately when it is cancelled', async () => {
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
