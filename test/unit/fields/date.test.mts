// A date without a zone is in the workflow's time zone; an ambiguous date is rejected.

import { readDate } from '../../../nodes/shared/fields/date.ts';
import { place, resultOf } from './panel.mts';

const inNewYork = (value: unknown) => resultOf(() => readDate(value, place('America/New_York')));

it.each([
	['2026-12-01T10:00:00', '2026-12-01T15:00:00.000Z'],
	['2026-12-01 10:00', '2026-12-01T15:00:00.000Z'],
	['2026-12-01', '2026-12-01T05:00:00.000Z'],
	['2026-12-01T10:00:00+01:00', '2026-12-01T09:00:00.000Z'],
	['2026-12-01 10:00:00.000 -05:00', '2026-12-01T15:00:00.000Z'],
	['Tue, 01 Dec 2026 10:00:00 -0500', '2026-12-01T15:00:00.000Z'],
	['1796137200', '2026-12-01T15:00:00.000Z'],
])('reads %s in the time zone of New York', (text, moment) => {
	expect(inNewYork(text)).toEqual({ value: Date.parse(moment) });
});

it.each([
	'12/01/2026, 10:00 AM',
	'05.12.2026',
	'1/2/26',
	'20261201',
	'46357.5',
	'December 1, 2026',
	'2026-1-5',
])('rejects %s, which could be another day', (text) => {
	expect(inNewYork(text)).toHaveProperty('heading');
});

it.each(['2026-02-30T10:00:00', '2027-02-29', '2026-04-31 00:00'])(
	'rejects %s, a day that does not exist',
	(text) => {
		expect(inNewYork(text)).toMatchObject({ heading: 'The Field is a date that does not exist' });
	},
);
