// The ends of runs are detected in time with few requests, for one run and for hundreds.

import { PollSchedule } from '../../nodes/TransactionLink/resources/workflow/pollSchedule.ts';

const SECOND = 1_000;

/** Waits for many runs, as the node does, with a clock of its own. Answers the questions, and the latest notice. */
function waitFor(ends: number[]): { questions: number; latest: number[] } {
	const watch = new PollSchedule();
	const runs = ends.map((end, place) => ({
		end,
		start: place * 2,
		turn: watch.join(),
		at: place * 2,
		pause: 0,
		noticed: Number.NaN,
	}));
	let questions = 0;
	for (const run of runs) run.pause = run.turn.pause(0);
	for (let open = runs.length; open > 0; ) {
		const run = runs
			.filter(({ noticed }) => Number.isNaN(noticed))
			.reduce((one, other) => (one.at + one.pause <= other.at + other.pause ? one : other));
		run.at += run.pause;
		if (run.turn.next(run.pause, run.at)) {
			questions += 1;
			if (run.at - run.start >= run.end) {
				run.noticed = run.at;
				run.turn.leave(true, run.at);
				open -= 1;
			}
		}
		run.pause = run.turn.pause(run.at - run.start);
	}
	return { questions, latest: runs.map(({ noticed, start, end }) => noticed - start - end) };
}

const allowed = (end: number) => Math.max(SECOND, end / 10);

describe('a single waiting run', () => {
	it.each([0, 400, 2_000, 9_900, 30_000, 29_001, 600_000, 5_000_000])(
		'is detected as ended within a tenth of the %d ms that it took, or a second',
		(end) => {
			expect(waitFor([end]).latest[0]).toBeLessThanOrEqual(allowed(end));
		},
	);

	it('is polled less and less often', () => {
		expect(waitFor([3_600_000]).questions).toBeLessThan(90);
	});
});

describe('hundreds of runs', () => {
	it('of half a minute are detected in time, with less than half the requests of one every two seconds', () => {
		const { questions, latest } = waitFor(Array.from({ length: 500 }, () => 30 * SECOND));
		expect(Math.max(...latest)).toBeLessThanOrEqual(allowed(30 * SECOND));
		expect(questions).toBeLessThan((500 * 30) / 2 / 2);
	});

	it('that end one after the other are detected in time, except for a few at first, and each within four turns', () => {
		const ends = Array.from({ length: 200 }, (_, place) => 5 * SECOND + place * 150);
		const { latest } = waitFor(ends);
		const late = latest.flatMap((by, place) => (by > allowed(ends[place] ?? 0) ? [place] : []));
		expect(late.length).toBeLessThan(10);
		expect(Math.max(...late)).toBeLessThan(20);
		for (const [place, by] of latest.entries())
			expect(by).toBeLessThanOrEqual(4 * allowed(ends[place] ?? 0));
	});

	it('do not delay one that ends alone by more than four turns', () => {
		const ends = Array.from({ length: 100 }, (_, place) =>
			place === 50 ? 7 * SECOND : 60 * SECOND,
		);
		expect(waitFor(ends).latest[50]).toBeLessThanOrEqual(4 * allowed(7 * SECOND));
	});
});
