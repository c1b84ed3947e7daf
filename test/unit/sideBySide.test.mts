import { setImmediate as turnOfNode } from 'node:timers/promises';

import { sideBySide } from '../../nodes/TransactionLink/items/sideBySide.ts';

describe('working side by side', () => {
	it('lets what was begun go out before the next begins, as requests of a crowd would else all wait for the last', async () => {
		const seen: string[] = [];
		await sideBySide(3, 3, async (index) => {
			seen.push(`begins ${index}`);
			await turnOfNode();
			seen.push(`goes out ${index}`);
			return true;
		});
		expect(seen).toEqual(['begins 0', 'goes out 0', 'begins 1', 'goes out 1', 'begins 2', 'goes out 2']);
	});
});
