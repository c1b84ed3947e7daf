import { choiceField } from '../../shared/fields/choice';
import { dateField } from '../../shared/fields/date';
import { required, showWhen, type Field, type FieldContext } from '../../shared/fields/field';
import { numberField } from '../../shared/fields/number';

const MINUTE_MILLISECONDS = 60_000;
const HOUR_MILLISECONDS = 60 * MINUTE_MILLISECONDS;

/** The documented limits of v3. */
const SHORTEST_MILLISECONDS = 30 * MINUTE_MILLISECONDS;
const LONGEST_MILLISECONDS = 30 * 24 * HOUR_MILLISECONDS;

/** TransactionLink counts from the arrival of the request, which is later than now. */
const ON_THE_WAY_MILLISECONDS = MINUTE_MILLISECONDS;

const expires = choiceField(
	{
		name: 'expires',
		label: 'Expires',
		description: 'When the execution ends by itself',
		default: 'default',
	},
	[
		{ name: 'Default', value: 'default', description: 'One hour after its start' },
		{ name: 'On a Date', value: 'date', description: 'On a day that you choose, at a time' },
		{ name: 'After Some Hours', value: 'hours', description: 'That many hours after its start' },
	],
);

const expiresAt = showWhen(
	{ expires: ['date'] },
	required(dateField('expiresAt', 'Expires At', 'From 30 minutes to 30 days ahead')),
);

const expiresInHours = showWhen(
	{ expires: ['hours'] },
	numberField({
		name: 'expiresInHours',
		label: 'Expires in Hours',
		description: 'From 0.5 (30 minutes) to 720 (30 days)',
		default: 24,
		min: 0.5,
		max: 720,
	}),
);

/**
 * When an execution expires: on a date, after some hours, or one hour after its start (from examples in the
 * documentation).
 */
export const expiryFields: ReadonlyArray<Field<unknown>> = [expires, expiresAt, expiresInHours];

function readMoment(context: FieldContext, now: number): number {
	const moment = expiresAt.read(context);
	if (moment < now + SHORTEST_MILLISECONDS) {
		throw context.rejection('Expires At is too soon', 'Choose a time at least 30 minutes from now');
	}
	if (moment > now + LONGEST_MILLISECONDS) {
		throw context.rejection(
			'Expires At is too far ahead',
			'Choose a time at most 30 days from now',
		);
	}
	return moment;
}

function readDuration(context: FieldContext): number {
	const milliseconds = expiresInHours.read(context) * HOUR_MILLISECONDS;
	return Math.max(milliseconds, SHORTEST_MILLISECONDS + ON_THE_WAY_MILLISECONDS);
}

/**
 * Reads when an execution expires.
 *
 * @returns milliseconds since 1970, given the time at which the request is sent: the item may wait for its turn
 *   before that. Undefined for TransactionLink's default of one hour
 * @throws NodeOperationError when it is not between 30 minutes and 30 days ahead
 */
export function readExpiry(context: FieldContext): ((now: number) => number) | undefined {
	const chosen = expires.read(context);
	if (chosen === 'default') return undefined;
	if (chosen === 'date') {
		const moment = readMoment(context, Date.now());
		return () => moment;
	}
	const duration = readDuration(context);
	return (now) => now + duration;
}
