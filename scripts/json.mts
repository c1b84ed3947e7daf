import { readFileSync } from 'node:fs';

/** Whether a value is a JSON object, and neither a list nor `null`. */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads a file that contains one JSON object.
 *
 * @throws when it is missing or contains something else
 */
export function readJsonObject(path: string): Record<string, unknown> {
	const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
	if (!isJsonObject(content)) throw new Error(`${path} should contain a JSON object.`);
	return content;
}

/**
 * The value at a path in nested JSON objects and lists.
 *
 * @param path names of fields, and indexes of lists
 * @returns `undefined` when a part of the path is missing
 */
export function at(value: unknown, ...path: (string | number)[]): unknown {
	return path.reduce((here: unknown, step) => {
		if (Array.isArray(here)) return typeof step === 'number' ? here[step] : undefined;
		return isJsonObject(here) ? here[step] : undefined;
	}, value);
}

/** As `at`, for a text. Other values are `undefined`. */
export function textAt(value: unknown, ...path: (string | number)[]): string | undefined {
	const found = at(value, ...path);
	return typeof found === 'string' ? found : undefined;
}
