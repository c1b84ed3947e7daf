import { readFileSync } from 'node:fs';

/** Tells whether a value that came from outside is a JSON object (and not a list, and not `null`). */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads a file that holds one JSON object.
 *
 * @param path the file
 * @throws when it is missing, is not JSON, or holds something else
 */
export function readJsonObject(path: string): Record<string, unknown> {
	const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
	if (!isJsonObject(content)) throw new Error(`${path} should hold a JSON object.`);
	return content;
}

/**
 * Follows names into nested JSON objects and lists.
 *
 * @param value where to begin
 * @param path names of fields, and places in lists counted from 0
 * @returns what stands there, or `undefined` when the way ends before
 */
export function at(value: unknown, ...path: (string | number)[]): unknown {
	let here = value;
	for (const step of path) {
		if (Array.isArray(here)) here = typeof step === 'number' ? here[step] : undefined;
		else if (isJsonObject(here)) here = here[step];
		else return undefined;
	}
	return here;
}

/** As `at`, for a text; anything else there is `undefined`. */
export function textAt(value: unknown, ...path: (string | number)[]): string | undefined {
	const found = at(value, ...path);
	return typeof found === 'string' ? found : undefined;
}
