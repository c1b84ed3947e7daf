import { RateLimiter } from '../../nodes/TransactionLinkTrigger/rateLimiter.ts';
import { TtlCache } from '../../nodes/TransactionLinkTrigger/ttlCache.ts';

describe('a shelf', () => {
	it('keeps things until their time', () => {
		const shelf = new TtlCache<string>(2);
		shelf.set('a', 'one', 100);
		expect([shelf.get('a', 99), shelf.get('a', 100), shelf.get('a', 50)]).toEqual([
			'one',
			undefined,
			undefined,
		]);
	});

	it('forgets the oldest when it is full, and only then', () => {
		const shelf = new TtlCache<number>(2);
		['a', 'b', 'a', 'c'].forEach((name, value) => {
			shelf.set(name, value, 100);
		});
		expect(['a', 'b', 'c'].map((name) => shelf.get(name, 0))).toEqual([2, undefined, 3]);
	});
});

describe('an allowance', () => {
	const taken = (allowance: RateLimiter, times: number, at: number): number =>
		Array.from({ length: times }, () => allowance.take(at)).filter(Boolean).length;

	it('allows so many at once, and so many more each second', () => {
		const allowance = new RateLimiter(10, 2);
		expect([
			taken(allowance, 200, 1_000),
			taken(allowance, 200, 2_000),
			taken(allowance, 200, 2_400),
			taken(allowance, 200, 2_500),
		]).toEqual([10, 2, 0, 1]);
	});

	it('never allows more at once than it began with, and stands a clock that goes back', () => {
		const allowance = new RateLimiter(3, 2);
		expect([
			taken(allowance, 9, 1_000),
			taken(allowance, 9, 1_000_000),
			taken(allowance, 9, 0),
		]).toEqual([3, 3, 0]);
	});
});
