// The benchmark measures in turns and prints medians and ratios, also when a row fails.

import { readBenchOptions } from '../../bench/main/options.mts';
import type { Row } from '../../bench/row.mts';
import { failureOf, lineOf, tableOf } from '../../bench/main/table.mts';
import { UserError } from '../../scripts/command-line.mts';
import { inTurns, median } from '../../bench/turns.mts';

const row: Row = {
	name: 'create',
	what: 'cases',
	theirs: 'another node',
	unit: 'items/s',
	goal: { of: 'ratio', is: 'atLeast', value: 2 },
	measure: () => Promise.reject(new Error('not measured here')),
};

describe('the table of measurements', () => {
	it.each([
		[[3, 1, 2], 2],
		[[4, 1, 2, 3], 2.5],
		[[7], 7],
	])('contains the median of %j', (figures, expected) => expect(median(figures)).toBe(expected));

	it('is measured in turns that alternate the order of the sides, without the first turn', async () => {
		const order: string[] = [];
		const side = (name: string) => () => Promise.resolve(order.push(name));
		const { ours, theirs } = await inTurns(2, side('ours'), side('theirs'));
		expect(order).toEqual(['ours', 'theirs', 'theirs', 'ours', 'ours', 'theirs']);
		expect([ours, theirs]).toEqual([
			[4, 5],
			[3, 6],
		]);
	});

	it.each([
		['reached', { ours: [400], theirs: [200] }, true],
		['not reached', { ours: [399], theirs: [200] }, false],
		[
			'not reached if its side condition fails, despite a good ratio',
			{ ours: [900], theirs: [200], remark: 'late', isRemarkGood: false },
			false,
		],
	])('reports that a goal is %s', (_, figures, isReached) => {
		const line = lineOf(row, figures);
		expect(line.isReached).toBe(isReached);
		expect(tableOf([line])).toContain(isReached ? '| reached' : '| NOT REACHED');
	});

	it('lists a failed row below the others', () => {
		const line = lineOf(row, { ours: [400], theirs: [200] });
		const failure = failureOf(row, new Error('no memory\nat create'));
		expect(failure).toEqual({ name: 'create', what: 'cases', error: 'no memory\nat create' });
		expect(tableOf([line], [failure]).split('\n').slice(1)).toEqual([
			expect.stringMatching(/reached$/),
			expect.stringMatching(/^cases .*FAILED \(create\): no memory$/),
		]);
	});

	it('compares a goal for an absolute figure with that figure', () => {
		const goal = { of: 'ours', is: 'atMost', value: 60 } as const;
		expect(lineOf({ ...row, goal }, { ours: [59], theirs: [1] }).isReached).toBe(true);
		expect(lineOf({ ...row, goal }, { ours: [61], theirs: [1_000] }).isReached).toBe(false);
	});
});

describe('the command line', () => {
	it('selects rows', () => {
		expect(
			readBenchOptions(
				['create', 'bare'],
				['--only', 'create', '--quick', '--json', 'figures.json'],
			),
		).toEqual({ only: ['create'], quick: true, json: 'figures.json' });
	});

	it.each([[['--only', 'speed']], [['--fast']], [['more']]])(
		'is rejected if it is invalid: %j',
		(args) => {
			expect(() => readBenchOptions(['create', 'bare'], args)).toThrow(UserError);
		},
	);
});
