// Responses that are too large, too deep or incomplete are recognized.

import { isOversized, isWithinBounds } from '../../nodes/shared/http/bounds.ts';

const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

describe('the bounds of a response', () => {
	it.each([
		[null],
		['text'],
		[{ a: [1, { b: 2 }] }],
		[nested(90)],
		[Array.from({ length: 100_000 }, () => 1)],
	])('accept small values (%#)', (value) => expect(isWithinBounds(value)).toBe(true));

	it.each([[nested(200)], [nested(100_000)], [Array.from({ length: 300_000 }, () => 1)]])(
		'reject extremely deep or long values (%#)',
		(value) => expect(isWithinBounds(value)).toBe(false),
	);

	it('reject a body that was not read completely', () => {
		const head = { status: 200, headers: {} };
		expect(isOversized({ ...head, body: '', isOversized: true })).toBe(true);
		expect(isOversized({ ...head, body: { caseId: 'a' } })).toBe(false);
	});
});
