// The wait detects the end of one run, or of hundreds, in time and with few requests.

import { PollSchedule } from '../../nodes/TransactionLink/resources/workflow/pollSchedule.ts';

const SECOND = 1_000;

/** Simulates the node's wait for runs, and returns the number of requests and how late each end was detected. */
function waitFor(ends: number[]): { requests: number; delays: number[] } {
	const schedule = new PollSchedule();
	const runs = ends.map((end, index) => ({
		end,
		start: index * 2,
		turn: schedule.join(),
		at: index * 2,
		pause: 0,
		detectedAt: Number.NaN,
	}));
	let requests = 0;
	for (const run of runs) run.pause = run.turn.pause(0);
	for (let pending = runs.length; pending > 0; ) {
		const run = runs
			.filter(({ detectedAt }) => Number.isNaN(detectedAt))
			.reduce((a, b) => (a.at + a.pause <= b.at + b.pause ? a : b));
		run.at += run.pause;
		if (run.turn.next(run.pause, run.at)) {
			requests += 1;
			if (run.at - run.start >= run.end) {
				run.detectedAt = run.at;
				run.turn.leave(true, run.at);
				pending -= 1;
			}
		}
		run.pause = run.turn.pause(run.at - run.start);
	}
	return { requests, delays: runs.map(({ detectedAt, start, end }) => detectedAt - start - end) };
}

/** How late the end of a run may be detected. */
const allowed = (end: number) => Math.max(SECOND, end / 10);

describe('a single waiting run', () => {
	it.each([0, 400, 2_000, 9_900, 30_000, 29_001, 600_000, 5_000_000])(
		'is detected as ended within a tenth of the %d ms that it took, or a second',
		(end) => {
			expect(waitFor([end]).delays[0]).toBeLessThanOrEqual(allowed(end));
		},
	);

	it('is polled less and less often', () => {
		expect(waitFor([3_600_000]).requests).toBeLessThan(90);
	});
});

describe('hundreds of runs', () => {
	it('of half a minute are detected in time with less than half the requests of a poll every two seconds', () => {
		const { requests, delays } = waitFor(Array.from({ length: 500 }, () => 30 * SECOND));
		expect(Math.max(...delays)).toBeLessThanOrEqual(allowed(30 * SECOND));
		expect(requests).toBeLessThan((500 * 30) / 2 / 2);
	});

	it('that end one after another are detected in time, except for a few at first, within four times as long', () => {
		const ends = Array.from({ length: 200 }, (_, index) => 5 * SECOND + index * 150);
		const { delays } = waitFor(ends);
		const late = delays.flatMap((by, index) => (by > allowed(ends[index] ?? 0) ? [index] : []));
		expect(late.length).toBeLessThan(10);
		expect(Math.max(...late)).toBeLessThan(20);
		for (const [index, by] of delays.entries())
			expect(by).toBeLessThanOrEqual(4 * allowed(ends[index] ?? 0));
	});

	it('delay the detection of one that ends alone to at most four times as long', () => {
		const ends = Array.from({ length: 100 }, (_, index) =>
			index === 50 ? 7 * SECOND : 60 * SECOND,
		);
		expect(waitFor(ends).delays[50]).toBeLessThanOrEqual(4 * allowed(7 * SECOND));
	});
});
