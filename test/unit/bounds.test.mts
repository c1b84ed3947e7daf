import { isOversized, isWithinBounds } from '../../nodes/shared/http/bounds.ts';

const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

describe('what is handed on', () => {
	it.each([
		[null],
		['text'],
		[{ a: [1, { b: 2 }] }],
		[nested(90)],
		[Array.from({ length: 100_000 }, () => 1)],
	])('is within bounds (%#)', (value) => expect(isWithinBounds(value)).toBe(true));

	it.each([[nested(200)], [nested(100_000)], [Array.from({ length: 300_000 }, () => 1)]])(
		'is not without end (%#)',
		(value) => expect(isWithinBounds(value)).toBe(false),
	);

	it('is no file in place of an answer', () => {
		expect(isOversized({ status: 200, headers: { 'content-length': '20000000' }, body: {} })).toBe(
			true,
		);
		expect(isOversized({ status: 200, headers: {}, body: 'x'.repeat(10_000_001) })).toBe(true);
		expect(
			isOversized({ status: 200, headers: { 'content-length': '300' }, body: { caseId: 'a' } }),
		).toBe(false);
	});
});
