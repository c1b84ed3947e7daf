import { pause } from '../../nodes/shared/pause.ts';

const A_DAY = 86_400_000;

describe('a pause', () => {
	it('ends at once when it is cancelled in the middle', async () => {
		const cancel = new AbortController();
		const paused = pause(A_DAY, cancel.signal);
		cancel.abort();
		expect(await paused).toBeUndefined();
	}, 5_000);

	it('does not begin when it was cancelled before', async () => {
		expect(await pause(A_DAY, AbortSignal.abort())).toBeUndefined();
	}, 5_000);

	it('ends by itself', async () => expect(await pause(1, new AbortController().signal)).toBeUndefined());
});
