import { tryToParseDateTime, type INodeProperties } from 'n8n-workflow';
import type { ItemContext } from '../operation';
import { validationError } from './validationError';

const MINUTE_MILLISECONDS = 60_000;
const HOUR_MILLISECONDS = 60 * MINUTE_MILLISECONDS;

/** The bounds that the vendor documents. */
const SHORTEST_MILLISECONDS = 30 * MINUTE_MILLISECONDS;
const LONGEST_MILLISECONDS = 30 * 24 * HOUR_MILLISECONDS;

/** The shortest time is counted from when the request arrives, which is later than when it is read. */
const ON_THE_WAY_MILLISECONDS = MINUTE_MILLISECONDS;

/** When an execution expires: a date, a time from now, or not said. */
export const expiryFields: INodeProperties[] = [
	{
		displayName: 'Expires',
		name: 'expires',
		type: 'options',
		options: [
			{ name: 'Default', value: 'default', description: 'When TransactionLink says' },
			{ name: 'On a Date', value: 'date', description: 'On a day that you choose, at a time' },
			{ name: 'After Some Hours', value: 'hours', description: 'So many hours after the start' },
		],
		default: 'default',
		description: 'When the execution ends by itself',
	},
	{
		displayName: 'Expires At',
		name: 'expiresAt',
		type: 'dateTime',
		required: true,
		default: '',
		displayOptions: { show: { expires: ['date'] } },
		description: 'From 30 minutes to 30 days ahead',
	},
	{
		displayName: 'Expires in Hours',
		name: 'expiresInHours',
		type: 'number',
		typeOptions: { minValue: 0.5, maxValue: 720 },
		default: 24,
		displayOptions: { show: { expires: ['hours'] } },
		description: 'From 0.5 (30 minutes) to 720 (30 days)',
	},
];

/** A date without a zone is one of the workflow's own time zone, as everywhere in n8n. */
function momentOf(entered: unknown, timeZone: string): number {
	try {
		return tryToParseDateTime(entered, timeZone).toMillis();
	} catch {
		return Number.NaN;
	}
}

function readDate(item: ItemContext): number {
	const entered: unknown = item.context.getNodeParameter('expiresAt', item.index, '');
	if (entered === '' || entered === null || entered === undefined) {
		throw validationError(item, 'Expires At', 'is empty', 'Choose a day and a time');
	}
	const moment = momentOf(entered, item.context.getTimezone());
	if (Number.isNaN(moment)) {
		throw validationError(
			item,
			'Expires At',
			'is not a date',
			'Choose a day and a time, or enter one such as 2030-12-31T12:00:00Z',
		);
	}
	return moment;
}

function readHours(item: ItemContext, now: number): number {
	const hours: unknown = item.context.getNodeParameter('expiresInHours', item.index, 24);
	if (typeof hours !== 'number' || !Number.isFinite(hours)) {
		throw validationError(
			item,
			'Expires in Hours',
			'is not a number',
			'Enter a number of hours from 0.5 to 720',
		);
	}
	const moment = now + hours * HOUR_MILLISECONDS;
	return hours * HOUR_MILLISECONDS === SHORTEST_MILLISECONDS
		? moment + ON_THE_WAY_MILLISECONDS
		: moment;
}

/**
 * Reads when an execution is to expire, for one item.
 *
 * @param now in milliseconds since 1970
 * @returns ISO 8601 in UTC, or nothing when the panel says nothing about it
 * @throws NodeOperationError when it is not between 30 minutes and 30 days ahead
 */
export function readExpiry(item: ItemContext, now: number): string | undefined {
	const expires: unknown = item.context.getNodeParameter('expires', item.index, 'default');
	if (expires !== 'date' && expires !== 'hours') return undefined;
	const label = expires === 'date' ? 'Expires At' : 'Expires in Hours';
	const moment = expires === 'date' ? readDate(item) : readHours(item, now);
	if (moment < now + SHORTEST_MILLISECONDS) {
		throw validationError(
			item,
			label,
			'is too soon',
			'TransactionLink wants at least 30 minutes from now',
		);
	}
	if (moment > now + LONGEST_MILLISECONDS) {
		throw validationError(
			item,
			label,
			'is too far ahead',
			'TransactionLink wants at most 30 days from now',
		);
	}
	return new Date(moment).toISOString();
}
