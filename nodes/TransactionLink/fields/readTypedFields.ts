import { isObject } from '../../shared/json';
import type { ItemContext } from '../operation';
import { jsonFinding, parsed } from './json';
import { validationError } from './validationError';
import type { TypedValues } from './typedFields';

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

function asNumber(item: ItemContext, label: string, value: unknown): number {
	const written = typeof value === 'string' ? value.trim() : value;
	const isWritten = typeof written === 'string' && NUMBER.test(written);
	const number = isWritten ? Number(written) : written;
	if (value === undefined || value === null) {
		throw validationError(
			item,
			label,
			'is empty: its expression found nothing',
			'Check the field that it names',
		);
	}
	if (typeof number !== 'number' || !Number.isFinite(number)) {
		throw validationError(
			item,
			label,
			'is not a number',
			'Enter digits such as 1000 or 12.5, or choose another type',
		);
	}
	// Beyond this the last digits would be changed without a word.
	if (Number.isInteger(number) && !Number.isSafeInteger(number)) {
		throw validationError(
			item,
			label,
			'has more digits than a number can hold',
			'Choose the type String for it',
		);
	}
	return number;
}

function asBoolean(item: ItemContext, label: string, value: unknown): boolean {
	if (value === true || value === 'true') return true;
	// Empty is a switch that nobody touched: it shows as off.
	if (value === false || value === 'false' || value === '') return false;
	throw validationError(
		item,
		label,
		'is neither true nor false',
		'Enter true or false, or choose another type',
	);
}

function asText(item: ItemContext, label: string, value: unknown): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	if (value === undefined || value === null) {
		throw validationError(
			item,
			label,
			'is empty: its expression found nothing',
			'Check the field that it names',
		);
	}
	throw validationError(item, label, 'is not a text', 'Choose the type JSON for lists and objects');
}

function asJson(item: ItemContext, label: string, value: unknown): unknown {
	if (value === undefined || value === null) {
		throw validationError(item, label, 'is empty: its expression found nothing', 'Enter JSON');
	}
	const read = typeof value === 'string' ? parsed(value) : value;
	if (read === undefined)
		throw validationError(item, label, 'is not JSON', 'Check its brackets, quotes and commas');
	const finding = jsonFinding(read, typeof value === 'string' ? value : undefined);
	if (finding !== undefined) throw validationError(item, label, finding.finding, finding.expected);
	return read;
}

function readRow(
	item: ItemContext,
	row: unknown,
	position: number,
	values: TypedValues,
): [string, unknown] {
	const { name, type, value } = isObject(row) ? row : {};
	const one = values.one.toLowerCase();
	if (typeof name !== 'string' || name.trim() === '') {
		throw validationError(
			item,
			`The name of ${one} ${position}`,
			'is empty',
			`Enter the name that the ${values.namedBy} uses`,
		);
	}
	const label = `The ${one} "${name.trim()}"`;
	switch (type) {
		case 'number':
			return [name.trim(), asNumber(item, label, value)];
		case 'boolean':
			return [name.trim(), asBoolean(item, label, value)];
		case 'json':
			return [name.trim(), asJson(item, label, value)];
		default:
			return [name.trim(), asText(item, label, value)];
	}
}

function readFields(item: ItemContext, values: TypedValues): Record<string, unknown> {
	const one = values.one.toLowerCase();
	const rows: unknown = item.context.getNodeParameter(
		`${values.fieldsName}.values`,
		item.index,
		[],
	);
	if (!Array.isArray(rows)) {
		throw validationError(item, `${values.one}s`, 'is not a list', `Add the ${one}s one by one`);
	}
	const read = new Map<string, unknown>();
	rows.forEach((row: unknown, index) => {
		const [name, value] = readRow(item, row, index + 1, values);
		if (read.has(name)) {
			throw validationError(item, `The ${one} "${name}"`, 'is given twice', 'Keep one of the two');
		}
		read.set(name, value);
	});
	return Object.fromEntries(read);
}

/**
 * Reads named values for one item, given as fields or as JSON.
 *
 * @param specified which of the two
 * @returns name and value of each, numbers as numbers and texts as texts
 * @throws NodeOperationError naming what cannot be sent like this
 */
export function readTypedFields(
	item: ItemContext,
	specified: 'fields' | 'json',
	values: TypedValues,
): Record<string, unknown> {
	if (specified === 'fields') return readFields(item, values);
	const label = `${values.one}s (JSON)`;
	const entered: unknown = item.context.getNodeParameter(values.jsonName, item.index, '{}');
	const read = asJson(item, label, entered);
	if (!isObject(read)) {
		throw validationError(
			item,
			label,
			'is not an object',
			`Enter something such as ${values.example}`,
		);
	}
	return read;
}
