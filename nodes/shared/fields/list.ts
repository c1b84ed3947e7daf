import { emptiness, field, type Field, type Reader } from './field';
import { cleanName } from './hygiene';
import { readJson } from './json';
import { readName, textProperty, type Shown } from './text';

const SEPARATORS = /[,;\r\n]+/;

/** Quotes around an entry. */
const QUOTED = /^(?:"(.*)"|'(.*)'|“(.*)”)$/;

/** More quotes than these are part of the entry. */
const MOST_QUOTES = 20;

function unquoted(entry: string): string {
	let name = cleanName(entry);
	for (let count = 0; count < MOST_QUOTES; count += 1) {
		const [, ...inside] = QUOTED.exec(name) ?? [];
		const bare = inside.find((text) => text !== undefined);
		if (bare === undefined) break;
		name = cleanName(bare);
	}
	return name;
}

/**
 * Reads a list of names: a list, or text with commas, semicolons or line breaks between the names.
 *
 * @returns the names without quotes and empty entries
 * @throws NodeOperationError when the value is missing, or an entry is not text
 */
export const readList: Reader<string[]> = (value, reading) => {
	if (value === undefined || value === null) throw reading.reject(emptiness(value));
	if (typeof value === 'string' && /^\s*\[/.test(value))
		return readList(readJson(value, reading), reading);
	const entries: unknown[] = Array.isArray(value) ? value : [value];
	return entries
		.flatMap((entry) => {
			if (entry === undefined || entry === null)
				throw reading.reject(`contains an entry that ${emptiness(entry)}`);
			const name = readName(entry, reading) ?? '';
			// In a list, a name may contain a comma.
			return Array.isArray(value) ? [name] : name.split(SEPARATORS);
		})
		.flatMap((entry) => readName(unquoted(entry), reading) ?? []);
};

/** A field for a list of names. */
export function listField(shown: Shown): Field<string[]> {
	const expected =
		'Enter names with commas between them, or an expression that returns a list of them';
	return field(textProperty(shown), expected, readList);
}
