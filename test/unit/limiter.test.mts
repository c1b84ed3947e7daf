// The limiter determines how many requests a server can process, and adapts when that number changes.

import fc from 'fast-check';
import {
	FIRST_LIMIT,
	HIGHEST_LIMIT,
	type Health,
	Limiter,
} from '../../nodes/shared/http/limiter.ts';
import { simulate, type Simulation, type Vendor } from './simulated-vendor.mts';

const always = (milliseconds: number): Vendor => ({ latency: () => milliseconds });

function median(numbers: number[]): number {
	const sorted = [...numbers].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The limits from one time until another. */
const between = ({ limits }: Simulation, from: number, to: number) =>
	limits.filter(({ at }) => at >= from && at < to).map(({ limit }) => limit);

/** Sends simultaneous requests that all take the same time, and returns the time at which they end. */
function burst(
	limiter: Limiter,
	count: number,
	now: number,
	milliseconds: number,
	health: Health = 'healthy',
): number {
	const flights = Array.from({ length: count }, () => limiter.begin('create the case', now));
	for (const flight of flights) flight.end(now + milliseconds, health);
	return now + milliseconds;
}

describe('a server that is never overloaded', () => {
	it.each([20, 100, 300, 1_000])(
		'gets as many requests at once as possible when each takes %d ms',
		(milliseconds) => {
			const { limits } = simulate(always(milliseconds), 5_000);
			const inFlight = limits.map((entry) => entry.inFlight);
			// One request starts per millisecond, so at most as many are in flight as one takes milliseconds.
			expect(Math.max(...inFlight)).toBeGreaterThanOrEqual(
				Math.min(milliseconds, HIGHEST_LIMIT) - 10,
			);
			expect(Math.max(...inFlight)).toBeLessThanOrEqual(HIGHEST_LIMIT);
		},
	);

	it('gets sixteen requests at first, then four times, and then twice as many whenever these have ended', () => {
		const limiter = new Limiter();
		const limits = [limiter.limit];
		let now = 0;
		while (limiter.limit < HIGHEST_LIMIT) {
			now = burst(limiter, limiter.limit, now, 300);
			limits.push(limiter.limit);
		}
		expect(limits).toEqual([16, 64, 128, 200]);
	});
});

describe('a server that processes 20 requests at a time', () => {
	it.each([20, 100, 300, 1_000])(
		'is kept busy but not flooded when it takes %d ms for each',
		(milliseconds) => {
			const vendor = { ...always(milliseconds), capacity: 20 };
			const adaptive = simulate(vendor, 2_000);
			const fixed = simulate(vendor, 2_000, { atOnce: 20 });
			expect(fixed.milliseconds / adaptive.milliseconds).toBeGreaterThan(0.95);
			expect(median(adaptive.limits.map(({ inFlight }) => inFlight))).toBeLessThanOrEqual(45);
		},
	);

	it('is not flooded after an hour either', () => {
		const vendor = { ...always(1_000), capacity: 20 };
		const simulation = simulate(vendor, 72_000);
		expect(simulation.milliseconds).toBeGreaterThan(3_600_000 * 0.99);
		expect(Math.max(...between(simulation, 1_800_000, 3_600_000))).toBeLessThanOrEqual(60);
	});
});

describe('a server that responds 429 above 50 requests', () => {
	it.each([100, 300, 1_000])('does so rarely when it takes %d ms', (milliseconds) => {
		const vendor = { ...always(milliseconds), accepts: () => 50 };
		const adaptive = simulate(vendor, 1_000);
		const fixed = simulate(vendor, 1_000, { atOnce: 50 });
		expect(fixed.rejected).toBe(0);
		expect(adaptive.rejected / adaptive.requests).toBeLessThan(0.05);
		// Determining the number takes several rounds of requests.
		expect(fixed.milliseconds / adaptive.milliseconds).toBeGreaterThan(0.75);
	});

	it('does so less and less over time', () => {
		const { rejected, requests } = simulate({ ...always(300), accepts: () => 50 }, 10_000);
		expect(rejected / requests).toBeLessThan(0.01);
	});
});

describe('an overload', () => {
	it('reduces the limit once, however many requests in flight it affects', () => {
		const limiter = new Limiter();
		const flights = Array.from({ length: 16 }, () => limiter.begin('create the case', 0));
		for (const flight of flights.reverse()) flight.end(100, 'overloaded');
		expect(limiter.limit).toBe(13);
		const later = Array.from({ length: 13 }, () => limiter.begin('create the case', 100));
		for (const flight of later.reverse()) flight.end(200, 'overloaded');
		expect(limiter.limit).toBe(11);
	});

	it('above a number of requests reduces the limit below that number, not below its earlier value', () => {
		const limiter = new Limiter();
		const now = burst(limiter, 16, 0, 100);
		const flights = Array.from({ length: 64 }, () => limiter.begin('create the case', now));
		flights[50]?.end(now + 1, 'overloaded');
		expect(limiter.limit).toBe(43);
	});

	it('of a single request costs at most half of an unused limit', () => {
		const limiter = new Limiter();
		burst(limiter, 1, 0, 100, 'overloaded');
		expect(limiter.limit).toBe(6);
	});

	it('never stops all requests, however long it lasts', () => {
		const limiter = new Limiter();
		let now = 0;
		for (let count = 0; count < 100; count += 1)
			now = burst(limiter, limiter.limit, now, 50, 'overloaded');
		expect(limiter.limit).toBe(1);
	});

	it.each([1, 10, 60])('of %d s is forgotten within 20 s', (seconds) => {
		const ends = 5_000 + seconds * 1_000;
		const vendor = { ...always(100), isOverloaded: (now: number) => now >= 5_000 && now < ends };
		const simulation = simulate(vendor, 50_000);
		// One request starts per millisecond and takes 100 ms, so no more than a hundred are in flight.
		expect(Math.max(...between(simulation, 5_000, ends))).toBeLessThanOrEqual(200);
		expect(Math.max(...between(simulation, ends, ends + 20_000))).toBeGreaterThanOrEqual(100);
	});

	it("that recurs makes the limit follow the server's capacity", () => {
		const accepts = (now: number) => (now < 20_000 ? 50 : now < 60_000 ? 10 : 100);
		const simulation = simulate({ ...always(300), accepts }, 12_000);
		expect(median(between(simulation, 40_000, 60_000))).toBeLessThanOrEqual(12);
		expect(median(between(simulation, 80_000, 100_000))).toBeGreaterThanOrEqual(80);
	});
});

describe('a slow request', () => {
	it('changes nothing while most requests are fast', () => {
		const limiter = new Limiter();
		let now = burst(limiter, 16, 0, 100);
		expect(limiter.limit).toBe(64);
		const slow = limiter.begin('create the case', now);
		now = burst(limiter, 63, now, 100);
		slow.end(now + 29_000, 'healthy');
		expect(limiter.limit).toBe(128);
	});

	it('is compared with requests of its own kind', () => {
		const limiter = new Limiter();
		let now = 0;
		for (let round = 0; round < 2; round += 1) {
			const flights = Array.from({ length: limiter.limit }, (_, index) => ({
				milliseconds: index % 2 === 0 ? 20 : 900,
				flight: limiter.begin(index % 2 === 0 ? 'get the case' : 'run the workflow', now),
			}));
			for (const { flight, milliseconds } of flights) flight.end(now + milliseconds, 'healthy');
			now += 900;
		}
		expect(limiter.limit).toBe(128);
	});

	it('reduces the limit to no less than sixteen if all requests are slow, and only temporarily', () => {
		const latency = (now: number) => (now < 10_000 ? 100 : 1_000);
		const simulation = simulate({ latency }, 20_000);
		expect(Math.min(...between(simulation, 10_000, 1e9))).toBeGreaterThanOrEqual(FIRST_LIMIT);
		// The usual duration is measured again every half minute.
		expect(Math.max(...between(simulation, 60_000, 90_000))).toBe(HIGHEST_LIMIT);
	});
});

it('a lower highest limit is kept, however fast the responses are', () => {
	const limiter = new Limiter(FIRST_LIMIT);
	let now = 0;
	for (let count = 0; count < 10; count += 1) {
		now = burst(limiter, limiter.limit, now, 100);
		expect(limiter.limit).toBe(FIRST_LIMIT);
	}
});

describe('an unused limit', () => {
	it('does not grow, however fast the responses are', () => {
		const limiter = new Limiter();
		let now = 0;
		for (let count = 0; count < 1_000; count += 1) now = burst(limiter, 3, now, 100);
		expect(limiter.limit).toBe(FIRST_LIMIT);
	});

	it('is outdated five minutes after the last request ended, and not before', () => {
		const limiter = new Limiter();
		const flight = limiter.begin('create the case', 0);
		expect(limiter.isOutdated(1e9)).toBe(false);
		flight.end(1_000, 'unknown');
		expect([limiter.isOutdated(301_000), limiter.isOutdated(301_001)]).toEqual([false, true]);
	});
});

describe('in any sequence of responses', () => {
	const events = fc.array(
		fc.record({
			begin: fc.nat(300),
			end: fc.nat(300),
			wait: fc.nat(40_000),
			kind: fc.constantFrom('a', 'b'),
			health: fc.constantFrom<Health>('healthy', 'healthy', 'healthy', 'overloaded', 'unknown'),
		}),
		{ maxLength: 200 },
	);

	it('the limit is a whole number from 1 to 200, and recovers while requests succeed', () => {
		fc.assert(
			fc.property(events, (sequence) => {
				const limiter = new Limiter();
				const flights: ReturnType<Limiter['begin']>[] = [];
				let now = 0;
				for (const { begin, end, wait, kind, health } of sequence) {
					for (let count = 0; count < begin; count += 1) flights.push(limiter.begin(kind, now));
					now += wait;
					for (const flight of flights.splice(0, end)) flight.end(now, health);
					expect(Number.isInteger(limiter.limit)).toBe(true);
					expect(limiter.limit).toBeGreaterThanOrEqual(1);
					expect(limiter.limit).toBeLessThanOrEqual(HIGHEST_LIMIT);
				}
				for (const flight of flights) flight.end(now, 'unknown');
				for (let count = 0; count < 1_000 && limiter.limit < HIGHEST_LIMIT; count += 1)
					now = burst(limiter, limiter.limit, now, 100);
				expect(limiter.limit).toBe(HIGHEST_LIMIT);
			}),
			{ numRuns: 200 },
		);
	});

	it('every request succeeds in the end, for any capacity and duration', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 250 }),
				fc.integer({ min: 1, max: 60 }),
				fc.integer({ min: 1, max: 3_000 }),
				(accepts, capacity, milliseconds) => {
					const vendor = { ...always(milliseconds), capacity, accepts: () => accepts };
					const { requests, rejected } = simulate(vendor, 500);
					expect(requests - rejected).toBe(500);
				},
			),
			{ numRuns: 100 },
		);
	});
});
