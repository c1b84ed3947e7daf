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

/** An object whose fields may be missing, where those of another one may be undefined. */
type Defined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

/** Leaves out the fields of an object that are undefined: in JSON, and in types, missing is something else. */
export function defined<T extends object>(fields: T): Defined<T>;
export function defined(fields: object): object {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
