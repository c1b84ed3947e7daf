import type { INodeProperties } from 'n8n-workflow';
import { hasLostDigits, isExact } from './digits';
import { emptiness, field, type Field, type Reader } from './field';
import { cleanCompact } from './hygiene';
import { kindOf } from './text';
import { defined } from '../json';

const WRITTEN = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i;

/** Reads a number, also as text, as long as no digit is lost. */
export const readNumber: Reader<number> = (value, reading) => {
	const written = typeof value === 'string' ? cleanCompact(value) : value;
	if (written === undefined || written === null || written === '')
		throw reading.reject(emptiness(value));
	const isWritten = typeof written === 'string' && WRITTEN.test(written);
	const number = isWritten || typeof written === 'bigint' ? Number(written) : written;
	if (typeof number !== 'number') {
		throw reading.reject(`must be a number, not ${kindOf(value)}`);
	}
	if (Number.isNaN(number)) throw reading.reject('must be a number: the expression returned "NaN"');
	const isComplete = !isWritten || isExact(written);
	if (!Number.isFinite(number) || hasLostDigits(number) || !isComplete) {
		throw reading.reject(
			'has more digits than a number can hold',
			'Enter fewer digits, or choose the type String',
		);
	}
	return number === 0 ? 0 : number;
};

/** The texts and limits of a number field. */
export interface NumberShown {
	name: string;
	label: string;
	description: string;
	default: number;
	min: number;
	/** Whether the minimum itself is too small. */
	aboveMin?: boolean;
	max?: number;
	isWhole?: boolean;
}

function within(
	{ min, aboveMin = false, max = Infinity, isWhole = false }: NumberShown,
	number: number,
): boolean {
	return (
		(aboveMin ? number > min : number >= min) &&
		number <= max &&
		(!isWhole || Number.isInteger(number))
	);
}

function rangeOf({ min, aboveMin = false, max, isWhole = false }: NumberShown): string {
	const kind = isWhole ? 'a whole number' : 'a number';
	const lower = aboveMin ? `above ${min}` : `from ${min}`;
	if (max === undefined) return `${kind} ${lower} on`;
	return `${kind} ${lower} ${aboveMin ? 'and up ' : ''}to ${max}`;
}

/** A field for a number within limits. */
export function numberField(shown: NumberShown): Field<number> {
	const { name, label, default: initial, description } = shown;
	const property: INodeProperties = {
		displayName: label,
		name,
		type: 'number',
		typeOptions: {
			minValue: shown.min,
			...defined({ maxValue: shown.max }),
		},
		default: initial,
		description,
	};
	const range = rangeOf(shown);
	return field(property, `Enter ${range}`, (value, reading) => {
		const number = readNumber(value, reading);
		if (!within(shown, number)) throw reading.reject(`must be ${range}`);
		return number;
	});
}
