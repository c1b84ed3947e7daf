import type { INodeProperties } from 'n8n-workflow';
import type { ItemContext } from '../operation';
import { validationError } from './validationError';

/**
 * A field for one line of text that may stay empty.
 *
 * @param placeholder an example of what goes in, without "e.g."
 */
export const textField = (
	displayName: string,
	name: string,
	placeholder: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder: `e.g. ${placeholder}`,
});

/**
 * Reads a text; nothing is the empty text. Numbers become texts: all of these are strings in the contract, and an
 * expression over a table gives numbers for what looks like one.
 *
 * @param label what the field is called in the panel
 * @throws NodeOperationError when it is neither
 */
export function readText(item: ItemContext, value: unknown, label: string): string {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return value.trim();
	if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
	throw validationError(
		item,
		label,
		'is not a text',
		'Enter a text, or an expression that gives one',
	);
}

/**
 * Reads several texts, and leaves out the empty ones.
 *
 * @param labels the names of the wanted ones, and what their fields are called in the panel
 * @throws NodeOperationError naming the field that holds no text
 */
export function readTexts<Name extends string>(
	item: ItemContext,
	values: Record<string, unknown>,
	labels: Readonly<Record<Name, string>>,
): Partial<Record<Name, string>> {
	const texts: Partial<Record<Name, string>> = {};
	for (const name in labels) {
		const text = readText(item, values[name], labels[name]);
		if (text !== '') texts[name] = text;
	}
	return texts;
}
