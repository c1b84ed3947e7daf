import type { IDataObject } from 'n8n-workflow';

/** Whether a value is an object, so that its fields can be read. */
export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same for parsed JSON, with n8n's type. */
export function isJsonObject(value: unknown): value is IDataObject {
	return isObject(value);
}

/** An ID or a word as text; undefined when it is missing. */
export function textIn(value: unknown): string | undefined {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The same object type with optional fields instead of undefined ones. */
type Defined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

/** Removes the undefined fields of an object: in JSON and in types, a missing field is something else. */
export function defined<T extends object>(fields: T): Defined<T>;
export function defined(fields: object): object {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
