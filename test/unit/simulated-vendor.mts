import { Limiter } from '../../nodes/shared/http/limiter.ts';

/** How a simulated API behaves. All times are in milliseconds. */
export interface Vendor {
	/** How long a request takes once it is worked on. */
	latency(now: number): number;
	/** So many requests are worked on at the same time, others wait. */
	capacity?: number;
	/** Beyond so many, it responds 429. */
	accepts?(now: number): number;
	/** What a request gets instead, if anything. */
	trouble?(now: number): boolean;
}

/** What a simulation came to. */
export interface Simulation {
	/** When the last item was done. */
	milliseconds: number;
	requests: number;
	rejected: number;
	/** The limit over time, each time that a request ended. */
	limits: { at: number; limit: number; inFlight: number }[];
}

const REPEAT_AFTER = 500;
const BETWEEN_ITEMS = 1;

/** Things that happen later, in the order of their times. */
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

/** One API, which only knows how many requests it has. */
class SimulatedVendor {
	present = 0;
	#working = 0;
	readonly #waiting: (() => void)[] = [];
	readonly #agenda: Agenda;
	readonly #vendor: Vendor;

	constructor(agenda: Agenda, vendor: Vendor) {
		this.#agenda = agenda;
		this.#vendor = vendor;
	}

	request(respond: (isAccepted: boolean) => void): void {
		const { latency, capacity = Infinity, accepts, trouble } = this.#vendor;
		const { now } = this.#agenda;
		const duration = latency(now);
		if (this.present >= (accepts?.(now) ?? Infinity) || trouble?.(now) === true) {
			this.#agenda.add(duration, () => respond(false));
			return;
		}
		this.present += 1;
		const work = () => {
			this.#working += 1;
			this.#agenda.add(duration, () => {
				this.#working -= 1;
				this.present -= 1;
				this.#waiting.shift()?.();
				respond(true);
			});
		};
		if (this.#working < capacity) work();
		else this.#waiting.push(work);
	}
}

/**
 * Lets items go to a simulated API, as the node does: each holds its slot until it is done, a rejected request is
 * repeated, and a millisecond passes between two beginnings.
 *
 * @param atOnce a fixed number instead of the limiter's
 */
export function simulate(
	vendor: Vendor,
	items: number,
	{ limiter = new Limiter(), atOnce }: { limiter?: Limiter; atOnce?: number } = {},
): Simulation {
	const agenda = new Agenda();
	const api = new SimulatedVendor(agenda, vendor);
	const simulation: Simulation = { milliseconds: 0, requests: 0, rejected: 0, limits: [] };
	let [begun, active, isBeginning] = [0, 0, false];

	const send = (): void => {
		simulation.requests += 1;
		const flight = limiter.begin('create the case', agenda.now);
		api.request((isAccepted) => {
			flight.end(agenda.now, isAccepted ? 'healthy' : 'trouble');
			simulation.limits.push({ at: agenda.now, limit: limiter.limit, inFlight: api.present });
			if (isAccepted) {
				active -= 1;
				simulation.milliseconds = agenda.now;
				beginNext();
			} else {
				simulation.rejected += 1;
				agenda.add(REPEAT_AFTER, send);
			}
		});
	};
	const beginNext = (): void => {
		if (isBeginning || begun === items || active >= (atOnce ?? limiter.limit)) return;
		isBeginning = true;
		begun += 1;
		active += 1;
		send();
		agenda.add(BETWEEN_ITEMS, () => {
			isBeginning = false;
			beginNext();
		});
	};
	beginNext();
	agenda.run();
	return simulation;
}
