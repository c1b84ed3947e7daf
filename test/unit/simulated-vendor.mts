import { Limiter } from '../../nodes/shared/http/limiter.ts';

/** How a simulated API behaves. All times are in milliseconds. */
export interface Vendor {
	/** The duration of a request, without the time that it waits. */
	latency(now: number): number;
	/** The number of requests that it processes at the same time; others wait. */
	capacity?: number;
	/** The number of simultaneous requests above which it responds 429. */
	accepts?(now: number): number;
	/** Whether it rejects every request at that time. */
	isOverloaded?(now: number): boolean;
}

/** The result of a simulation. */
export interface Simulation {
	/** The time at which the last item was done. */
	milliseconds: number;
	requests: number;
	rejected: number;
	/** The limit and the requests in flight whenever a request ended. */
	limits: { at: number; limit: number; inFlight: number }[];
}

const REPEAT_AFTER = 500;
const BETWEEN_STARTS = 1;

/** Runs scheduled actions in the order of their times. */
class Agenda {
	now = 0;
	readonly #entries: { at: number; act: () => void }[] = [];

	add(delay: number, act: () => void): void {
		const at = this.now + delay;
		const later = this.#entries.findIndex((entry) => entry.at > at);
		this.#entries.splice(later === -1 ? this.#entries.length : later, 0, { at, act });
	}

	run(): void {
		for (let next = this.#entries.shift(); next !== undefined; next = this.#entries.shift()) {
			this.now = next.at;
			next.act();
		}
	}
}

class SimulatedVendor {
	inFlight = 0;
	#processing = 0;
	readonly #waiting: (() => void)[] = [];
	readonly #agenda: Agenda;
	readonly #vendor: Vendor;

	constructor(agenda: Agenda, vendor: Vendor) {
		this.#agenda = agenda;
		this.#vendor = vendor;
	}

	request(respond: (isAccepted: boolean) => void): void {
		const { latency, capacity = Infinity, accepts, isOverloaded } = this.#vendor;
		const { now } = this.#agenda;
		const duration = latency(now);
		if (this.inFlight >= (accepts?.(now) ?? Infinity) || isOverloaded?.(now) === true) {
			this.#agenda.add(duration, () => respond(false));
			return;
		}
		this.inFlight += 1;
		const handle = () => {
			this.#processing += 1;
			this.#agenda.add(duration, () => {
				this.#processing -= 1;
				this.inFlight -= 1;
				this.#waiting.shift()?.();
				respond(true);
			});
		};
		if (this.#processing < capacity) handle();
		else this.#waiting.push(handle);
	}
}

/**
 * Sends items to a simulated API, as the node does: an item keeps its slot until it is done, rejected requests are
 * repeated, and items start a millisecond apart.
 *
 * @param atOnce a fixed number of items at once, instead of the limiter's
 */
export function simulate(
	vendor: Vendor,
	items: number,
	{ atOnce }: { atOnce?: number } = {},
): Simulation {
	const limiter = new Limiter();
	const agenda = new Agenda();
	const api = new SimulatedVendor(agenda, vendor);
	const simulation: Simulation = { milliseconds: 0, requests: 0, rejected: 0, limits: [] };
	let [started, active, isStarting] = [0, 0, false];

	const send = (): void => {
		simulation.requests += 1;
		const flight = limiter.begin('create the case', agenda.now);
		api.request((isAccepted) => {
			flight.end(agenda.now, isAccepted ? 'healthy' : 'overloaded');
			simulation.limits.push({ at: agenda.now, limit: limiter.limit, inFlight: api.inFlight });
			if (isAccepted) {
				active -= 1;
				simulation.milliseconds = agenda.now;
				startNext();
			} else {
				simulation.rejected += 1;
				agenda.add(REPEAT_AFTER, send);
			}
		});
	};
	const startNext = (): void => {
		if (isStarting || started === items || active >= (atOnce ?? limiter.limit)) return;
		isStarting = true;
		started += 1;
		active += 1;
		send();
		agenda.add(BETWEEN_STARTS, () => {
			isStarting = false;
			startNext();
		});
	};
	startNext();
	agenda.run();
	return simulation;
}
