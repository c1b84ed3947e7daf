// The cache keeps entries until they expire and removes the oldest when it is full.

import { TtlCache } from '../../nodes/TransactionLinkTrigger/ttlCache.ts';

describe('a TTL cache', () => {
	it('keeps an entry until it expires', () => {
		const cache = new TtlCache<string>(2);
		cache.set('a', 'one', 100);
		expect([cache.get('a', 99), cache.get('a', 100), cache.get('a', 50)]).toEqual([
			'one',
			undefined,
			undefined,
		]);
	});

	it('removes the oldest entry when it is full, and only then', () => {
		const cache = new TtlCache<number>(2);
		['a', 'b', 'a', 'c'].forEach((name, value) => {
			cache.set(name, value, 100);
		});
		expect(['a', 'b', 'c'].map((name) => cache.get(name, 0))).toEqual([2, undefined, 3]);
	});
});
