import { tryToParseDateTime, type INodeProperties } from 'n8n-workflow';
import { field, type Field, type FieldReading, type Reader } from './field';
import { cleanCompact } from './hygiene';
import { residueIn } from './residue';
import { kindOf } from './text';

/** ISO 8601 and SQL, with or without a time and a zone, as n8n's date picker and Luxon write them. */
const YEAR_FIRST =
	/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?( ?(Z|[+-]\d{2}(:?\d{2})?))?)?$/i;

/** RFC 2822 and HTTP: with the month as a word, and a zone. */
const MONTH_AS_WORD =
	/^([A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}(:\d{2})? (GMT|UTC|Z|[+-]\d{4})$/;

/** Seconds since 1970 have ten digits from 2001 to 2286, milliseconds thirteen. */
const EARLIEST_SECONDS = 1e9;
const EARLIEST_MILLISECONDS = 1e12;
const LATEST_MILLISECONDS = 1e13;

/** Years of four digits, on both sides of 1970. */
const FARTHEST_MILLISECONDS = 6.2e13;

const AMBIGUOUS = 'is not a clear date';

function fromNumber(number: number, reading: FieldReading): number {
	if (number >= EARLIEST_MILLISECONDS && number < LATEST_MILLISECONDS) return Math.round(number);
	if (number >= EARLIEST_SECONDS && number < EARLIEST_MILLISECONDS / 100)
		return Math.round(number * 1000);
	throw reading.reject(AMBIGUOUS);
}

/** A JavaScript date, or one of Luxon, as `$now` returns; both include their zone. */
function fromObject(value: unknown): number | undefined {
	if (value instanceof Date) return value.getTime();
	const isLuxon = typeof value === 'object' && value !== null && 'toMillis' in value;
	return isLuxon ? Number(value) : undefined;
}

/** @returns NaN for a day that does not exist */
function fromText(text: string, reading: FieldReading): number {
	const residue = residueIn(text);
	if (residue !== undefined) throw reading.reject(residue.finding, residue.advice);
	if (/^\d+$/.test(text)) return fromNumber(Number(text), reading);
	if (!YEAR_FIRST.test(text) && !MONTH_AS_WORD.test(text)) {
		throw reading.reject(AMBIGUOUS);
	}
	try {
		const date = tryToParseDateTime(text, reading.context.timeZone());
		// n8n falls back to JavaScript's parser, which reads the 30th of February as a day in March.
		const [, day = ''] =
			/^\d{4}-\d{2}-(\d{2})/.exec(text) ?? /(\d{1,2}) [A-Z][a-z]{2} /.exec(text) ?? [];
		const isThatDay = date.day === Number(day);
		return isThatDay ? date.toMillis() : Number.NaN;
	} catch {
		return Number.NaN;
	}
}

/**
 * Reads a date and time. Without a zone, it is in the workflow's time zone, as everywhere in n8n. A date whose day
 * and month could be swapped is rejected.
 *
 * @returns milliseconds since 1970, or undefined for an empty field
 */
export const readDate: Reader<number | undefined> = (value, reading) => {
	const entered = typeof value === 'string' ? cleanCompact(value) : value;
	if (entered === undefined || entered === null || entered === '') return undefined;
	if (typeof entered === 'number') return fromNumber(entered, reading);
	const moment = typeof entered === 'string' ? fromText(entered, reading) : fromObject(entered);
	if (moment === undefined) throw reading.reject(`must be a date, not ${kindOf(value)}`);
	if (!(Math.abs(moment) < FARTHEST_MILLISECONDS))
		throw reading.reject('is a date that does not exist');
	return moment;
};

/** A field for a date and time. */
export function dateField(
	name: string,
	label: string,
	description: string,
): Field<number | undefined> {
	const property: INodeProperties = {
		displayName: label,
		name,
		type: 'dateTime',
		default: '',
		description,
	};
	return field(
		property,
		'Choose a day and a time, or enter year, month and day in this order, such as 2030-12-31T12:00:00Z',
		readDate,
	);
}
