import type { IDataObject } from 'n8n-workflow';

/** Tells whether something is an object, whose fields may then be read. */
export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same for what was parsed from JSON: n8n's name for it. */
export function isJsonObject(value: unknown): value is IDataObject {
	return isObject(value);
}

/** An ID or a word as text; nothing when it is not there. */
export function textIn(value: unknown): string | undefined {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The fields that have a value: for optional properties, which may be left out but not be undefined. */
export function defined<Fields extends object>(
	fields: Fields,
): { [Name in keyof Fields]?: NonNullable<Fields[Name]> } {
	const kept: { [Name in keyof Fields]?: NonNullable<Fields[Name]> } = {};
	for (const name in fields) {
		const value = fields[name];
		if (value !== undefined && value !== null) kept[name] = value;
	}
	return kept;
}
