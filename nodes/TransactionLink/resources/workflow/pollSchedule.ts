import type { Client } from '../../../shared/api/client';

const SHORTEST_PAUSE_MILLISECONDS = 950;

/** A little below a tenth, because the answer takes time as well. */
const PART_OF_AGE = 0.09;

/** So many that wait make a crowd: most of them can then leave the asking to others for a while. */
const CROWD = 8;
const ASKING_ONE_IN = 4;

/** Multiples of it, without their whole parts, lie evenly between 0 and 1, however many there are. */
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

/**
 * The runs that one execution waits for, and how often each is asked about. That a run has ended is to be noticed
 * within a tenth of the time it took, or a second; asking as often as that for each of hundreds of runs would be
 * thousands of requests for nothing.
 *
 * Runs that were started together mostly end together. So in a crowd of them, one in four asks at each turn, and
 * each in its turn; when one is seen to have ended, all ask at each turn until none has ended for a while.
 */
export class PollSchedule {
	private waiting = 0;

	private arrivals = 0;

	private lastEnd = Number.NEGATIVE_INFINITY;

	/** Begins to wait for one more run. */
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

	/** Whether others ask often enough for all, as far as one can know. */
	isQuiet(pause: number, now: number): boolean {
		return this.waiting >= CROWD && now - this.lastEnd > 2 * pause;
	}
}

/** When it is the turn of one run. */
export class Turn {
	private readonly schedule: PollSchedule;

	private readonly place: number;

	private count = 0;

	constructor(schedule: PollSchedule, place: number) {
		this.schedule = schedule;
		this.place = place;
	}

	/**
	 * How long to pause before the next turn. The first pauses differ, so that the turns of runs that were started
	 * together are spread over the whole time between two of them.
	 *
	 * @param age for how long the run has been waited for, in milliseconds
	 */
	pause(age: number): number {
		const pause = Math.max(SHORTEST_PAUSE_MILLISECONDS, age * PART_OF_AGE);
		return this.count === 0 ? pause * ((this.place * GOLDEN_RATIO) % 1) : pause;
	}

	/** Counts a turn. @param now on the monotonic clock, in milliseconds @returns whether to read the status at it */
	next(pause: number, now: number): boolean {
		this.count += 1;
		return !this.schedule.isQuiet(pause, now) || (this.count + this.place) % ASKING_ONE_IN === 0;
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
