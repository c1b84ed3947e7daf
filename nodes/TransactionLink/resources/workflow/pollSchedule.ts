import type { Client } from '../../../shared/api/client';

const SHORTEST_PAUSE_MILLISECONDS = 950;

/** Slightly below a tenth, because the response takes time too. */
const PART_OF_AGE = 0.09;

/** From this number of waiting runs on, only some of them are polled in each interval. */
const CROWD = 8;
const ASKING_ONE_IN = 4;

/** The fractional parts of its multiples are spread evenly between 0 and 1. */
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

/**
 * The runs that one execution waits for, and how often the status of each is requested. The end of a run should be
 * detected within a tenth of the time that it took, or a second. For each of hundreds of runs, that would mean
 * thousands of useless requests.
 *
 * Runs that start together mostly end together. So with many runs, one in four is polled in each interval, in turns.
 * Once one has ended, all are polled in each interval until none has ended for a while. See docs/design/polling.md.
 */
export class PollSchedule {
	private waiting = 0;

	private arrivals = 0;

	private lastEnd = Number.NEGATIVE_INFINITY;

	/** Adds a run to wait for. */
	join(): Turn {
		this.waiting += 1;
		this.arrivals += 1;
		return new Turn(this, this.arrivals);
	}

	/** @param now on the monotonic clock, in milliseconds */
	leave(hasEnded: boolean, now: number): void {
		this.waiting -= 1;
		if (hasEnded) this.lastEnd = now;
	}

	/** Whether polling some of the runs is enough for now. */
	isQuiet(pause: number, now: number): boolean {
		return this.waiting >= CROWD && now - this.lastEnd > 2 * pause;
	}
}

/** The polling of one run. */
export class Turn {
	private readonly schedule: PollSchedule;

	private readonly turnNumber: number;

	private count = 0;

	constructor(schedule: PollSchedule, turnNumber: number) {
		this.schedule = schedule;
		this.turnNumber = turnNumber;
	}

	/**
	 * How long to pause before the next turn. The first pauses differ, so that runs that started together are polled at
	 * different times.
	 *
	 * @param age how long the wait for the run has taken, in milliseconds
	 */
	pause(age: number): number {
		const pause = Math.max(SHORTEST_PAUSE_MILLISECONDS, age * PART_OF_AGE);
		return this.count === 0 ? pause * ((this.turnNumber * GOLDEN_RATIO) % 1) : pause;
	}

	/** Counts a turn. @param now on the monotonic clock, in milliseconds @returns whether to get the status in it */
	next(pause: number, now: number): boolean {
		this.count += 1;
		return (
			!this.schedule.isQuiet(pause, now) || (this.count + this.turnNumber) % ASKING_ONE_IN === 0
		);
	}

	leave(hasEnded: boolean, now: number): void {
		this.schedule.leave(hasEnded, now);
	}
}

const schedules = new WeakMap<Client, PollSchedule>();

/** The poll schedule of the execution that a client was opened for. */
export function pollScheduleOf(client: Client): PollSchedule {
	let schedule = schedules.get(client);
	if (schedule === undefined) {
		schedule = new PollSchedule();
		schedules.set(client, schedule);
	}
	return schedule;
}
