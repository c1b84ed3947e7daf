import { NodeOperationError, UserError } from 'n8n-workflow';
import { hasLostDigits } from './digits';
import type { FieldReading, Reader, Rejected } from './field';
import { trimmed, withoutInvisible } from './hygiene';
import { lossIn } from './jsonText';
import { residueIn, type Finding } from './residue';
import { kindOf } from './text';

/** A value that JSON can hold. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Deeper or larger values are not intended: `$node`, for example, is endless. */
const MOST_LEVELS = 100;
const MOST_VALUES = 200_000;

const MORE_DIGITS: Finding = {
	finding: 'contains a number with more digits than a number can hold',
	advice: 'Put the number into quotes',
};

const NAME_TWICE: Finding = { finding: 'contains a name twice', advice: 'Keep one of the two' };

const WHAT_EXPRESSIONS_RETURN = 'Check what its expressions return';

/** In characters; part of the description. */
const LONGEST_PATH = 120;

/** Whether a value is a whole item, as `$("Items").item` or `$input.first()` returns, instead of its JSON. */
function isItem(value: object): boolean {
	const names = Object.keys(value);
	return (
		'json' in value &&
		('pairedItem' in value || 'binary' in value) &&
		names.every((name) => ['json', 'binary', 'pairedItem', 'error', 'index'].includes(name))
	);
}

/** Copies a value, and rejects what JSON cannot contain. */
class Copier {
	private values = 0;

	private readonly reading: FieldReading;

	constructor(reading: FieldReading) {
		this.reading = reading;
	}

	/** @param path of names and indexes to the value, for the description */
	copy(value: unknown, path: string[] = []): Json {
		this.values += 1;
		if (path.length > MOST_LEVELS || this.values > MOST_VALUES) {
			throw this.reading.reject(
				'contains too much',
				`It may hold ${MOST_VALUES} values, nested ${MOST_LEVELS} levels deep. Choose the part that is needed`,
			);
		}
		if (value === null || typeof value === 'boolean') return value;
		if (typeof value === 'string') return this.text(value, path);
		if (typeof value === 'number') return this.number(value, path);
		if (typeof value === 'object') return this.object(value, path);
		const finding =
			value === undefined
				? 'contains an empty value'
				: `contains ${kindOf(value)}, which JSON cannot hold`;
		throw this.reject({ finding, advice: WHAT_EXPRESSIONS_RETURN }, path);
	}

	private text(value: string, path: string[]): string {
		const text = withoutInvisible(value);
		const residue = residueIn(text);
		if (residue !== undefined) throw this.reject(residue, path);
		return text;
	}

	private number(value: number, path: string[]): number {
		if (hasLostDigits(value)) throw this.reject(MORE_DIGITS, path);
		// JSON has no -0.
		if (Number.isFinite(value)) return value === 0 ? 0 : value;
		const finding = 'contains a number that JSON cannot hold';
		throw this.reject({ finding, advice: WHAT_EXPRESSIONS_RETURN }, path);
	}

	private object(value: object, path: string[]): Json {
		if (Array.isArray(value)) {
			return Array.from(value, (one: unknown, index) =>
				this.copy(one, [...path, String(index + 1)]),
			);
		}
		const tag = Object.prototype.toString.call(value);
		if (!ArrayBuffer.isView(value) && 'toJSON' in value && typeof value.toJSON === 'function') {
			const json: unknown = value.toJSON();
			// An invalid date becomes null.
			return this.copy(json ?? undefined, path);
		}
		if (tag !== '[object Object]') {
			const advice = 'Turn it into text, a list or an object with an expression';
			throw this.reject(
				{ finding: `contains a ${tag.slice(8, -1)}, which JSON cannot hold`, advice },
				path,
			);
		}
		if (isItem(value)) {
			const advice = 'Add .json behind it, to take the fields of the item';
			throw this.reject({ finding: 'contains a whole n8n item', advice }, path);
		}
		return this.fields(value, path);
	}

	private fields(value: object, path: string[]): Json {
		const fields = new Map<string, Json>();
		for (const [given, one] of Object.entries(value)) {
			const name = this.text(given, path);
			if (fields.has(name)) throw this.reject(NAME_TWICE, path);
			fields.set(name, this.copy(one, [...path, name]));
		}
		return Object.fromEntries(fields);
	}

	private reject({ finding, advice }: Finding, path: string[]): Rejected {
		const where = path.length === 0 ? '' : `. Found at: ${path.join(' → ').slice(0, LONGEST_PATH)}`;
		return this.reading.reject(finding, `${advice}${where}`);
	}
}

function parsed(text: string, reading: FieldReading): unknown {
	try {
		return JSON.parse(text);
	} catch {
		const residue = residueIn(text);
		if (residue !== undefined) throw reading.reject(residue.finding, residue.advice);
		const advice = /[“”„]/.test(text)
			? 'Replace the curly quotes with straight ones'
			: 'Check its brackets, quotes and commas';
		throw reading.reject('is not JSON', advice);
	}
}

function fromText(text: string, reading: FieldReading): Json {
	const value = parsed(text, reading);
	const json = new Copier(reading).copy(value);
	const loss = lossIn(text);
	if (loss === undefined) return json;
	const { finding, advice } = loss === 'digits' ? MORE_DIGITS : NAME_TWICE;
	throw reading.reject(finding, advice);
}

/**
 * Reads JSON from a text, or from the value of an expression.
 *
 * @returns a copy that contains only JSON, or undefined for an empty field
 * @throws NodeOperationError for values that JSON would change
 */
export const readJson: Reader<Json | undefined> = (value, reading) => {
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'string') {
		const text = trimmed(value);
		return text === '' ? undefined : fromText(text, reading);
	}
	try {
		return new Copier(reading).copy(value);
	} catch (thrown) {
		// n8n's objects for expressions may throw when their fields are read.
		const unreadable = reading.reject(
			'contains something that cannot be read',
			WHAT_EXPRESSIONS_RETURN,
		);
		const isRejected = thrown instanceof NodeOperationError || thrown instanceof UserError;
		throw isRejected ? thrown : unreadable;
	}
};
