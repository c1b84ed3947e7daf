// Items run side by side, never more than the limit.

import { runConcurrently } from '../../nodes/TransactionLink/items/concurrency.ts';

describe('working side by side', () => {
	it(
		'lets what was begun go out before the next begins, as requests of a crowd would else ' +
			'all wait for the last',
		async () => {
			const seen: string[] = [];
			await runConcurrently(3, 3, async (index) => {
				seen.push(`begins ${index}`);
				// Before the next turn of Node, and behind everything that needs none.
				await new Promise<void>((resolve) => process.nextTick(resolve));
				seen.push(`goes out ${index}`);
				return true;
			});
			expect(seen).toEqual([
				'begins 0',
				'goes out 0',
				'begins 1',
				'goes out 1',
				'begins 2',
				'goes out 2',
			]);
		},
	);
});
