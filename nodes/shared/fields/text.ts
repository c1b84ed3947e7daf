import type { INodeProperties } from 'n8n-workflow';
import { textOfNumber } from './digits';
import { emptiness, field, type Field, type FieldReading, type Reader } from './field';
import { cleanCompact, cleanName, cleanText } from './hygiene';
import { LOST_DIGITS, NO_TEXT, residueIn } from './residue';
import { defined } from '../json';

/** The texts of a field. */
export interface Shown {
	name: string;
	label: string;
	/** An example, without "e.g.". */
	placeholder?: string;
	description?: string;
	hint?: string;
	default?: string;
	/** What to enter, as sentences without the last full stop. */
	expected?: string;
}

/** The kind of a value, for a message. */
export function kindOf(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'string') return 'text';
	if (typeof value === 'boolean') return 'true or false';
	if (typeof value === 'number' || typeof value === 'bigint') return 'a number';
	if (value instanceof Date) return 'a date';
	if (typeof value === 'function') return 'a function';
	if (value === null || value === undefined) return 'nothing';
	return typeof value === 'object' ? 'an object' : 'something else';
}

function fromNumber(number: number, reading: FieldReading): string {
	const text = textOfNumber(number);
	if (text !== undefined) return text;
	const { finding, advice } = Number.isNaN(number) ? NO_TEXT : LOST_DIGITS;
	throw reading.reject(finding, advice);
}

/**
 * Reads any value as text, without changing it.
 *
 * @returns undefined when there is no value
 * @throws NodeOperationError for lists, objects, true and false, and for numbers whose digits may be lost
 */
function rawText(value: unknown, reading: FieldReading): string | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'string') return value;
	if (typeof value === 'number') return fromNumber(value, reading);
	if (typeof value === 'bigint') return String(value);
	throw reading.reject(`must be text, not ${kindOf(value)}`);
}

/** Reads text, cleaned by a rule of `hygiene.ts`. @returns undefined for an empty field */
function cleanedBy(clean: (text: string) => string): Reader<string | undefined> {
	return (value, reading) => {
		const raw = rawText(value, reading);
		const text = raw === undefined ? '' : clean(raw);
		if (text === '') return undefined;
		const residue = residueIn(text);
		if (residue !== undefined) throw reading.reject(residue.finding, residue.advice);
		return text;
	};
}

/** Text for people, such as a name or an address. */
export const readText = cleanedBy(cleanText);

/** A name that is compared with others: of a parameter, a column, a binary field. */
export const readName = cleanedBy(cleanName);

/** A number or an address as text. */
export const readCompact = cleanedBy(cleanCompact);

/** The value of a String parameter: true, false and an empty text are valid. */
export const readStringValue: Reader<string> = (value, reading) => {
	if (value === undefined || value === null) throw reading.reject(emptiness(value));
	if (typeof value === 'object') {
		throw reading.reject(
			`must be text, not ${kindOf(value)}`,
			'Choose the type JSON for lists and objects',
		);
	}
	return readText(typeof value === 'boolean' ? String(value) : value, reading) ?? '';
};

/** The property of a field for one line of text. */
export function textProperty(shown: Shown): INodeProperties {
	const { name, label, default: initial = '', placeholder, description, hint } = shown;
	return {
		displayName: label,
		name,
		type: 'string',
		default: initial,
		...defined({
			placeholder: placeholder && `e.g. ${placeholder}`,
			description,
			hint,
		}),
	};
}

const TEXT_EXPECTED = 'Enter text, or an expression that returns text';

/** An optional field for text. */
export function textField(shown: Shown, reader = readText): Field<string | undefined> {
	return field(textProperty(shown), shown.expected ?? TEXT_EXPECTED, reader);
}
