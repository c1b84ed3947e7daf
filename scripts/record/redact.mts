import { isJsonObject } from '../json.mts';
import { kindOf, type Kind, type StandIns } from './stand-ins.mts';

/** A field's name that a programmer wrote. Anything else may be a value: an id, a number, an e-mail address. */
const ORDINARY_NAME = /^[A-Za-z_$][A-Za-z_$-]*\d{0,2}[A-Za-z_]*$/;

/** A JSON value without what it said, and what kind of value stood where. */
export interface Redacted {
	value: unknown;
	fields: Record<string, Kind>;
}

/**
 * Replaces every value in a JSON value by its stand-in. Names of fields, order and nesting stay.
 *
 * @returns the fields by their paths, such as `data.steps[0].name`
 */
export function redact(value: unknown, standIns: StandIns): Redacted {
	const fields: Record<string, Kind> = {};
	const walk = (here: unknown, path: string): unknown => {
		if (Array.isArray(here)) return here.map((item, index) => walk(item, `${path}[${index}]`));
		if (isJsonObject(here)) {
			return Object.fromEntries(
				Object.entries(here).map(([name, inner]) => {
					const shown = ORDINARY_NAME.test(name) ? name : standIns.forText(name);
					return [shown, walk(inner, path === '' ? shown : `${path}.${shown}`)];
				}),
			);
		}
		fields[path] = kindOf(here);
		return standIns.for(here);
	};
	return { value: walk(value, ''), fields };
}

/** How a JSON text is laid out; the signature is over exactly these bytes. */
export type Layout = 'compact' | 'indented' | 'other' | 'no JSON';

/**
 * Reads a body.
 *
 * @returns its value (undefined when it is no JSON) and how it was laid out
 */
export function readBody(body: Buffer): { value: unknown; layout: Layout } {
	const text = body.toString('utf8');
	try {
		const value: unknown = JSON.parse(text);
		if (JSON.stringify(value) === text) return { value, layout: 'compact' };
		const isIndented = [1, 2, 4, '\t'].some(
			(indent) => JSON.stringify(value, null, indent) === text.trimEnd(),
		);
		return { value, layout: isIndented ? 'indented' : 'other' };
	} catch {
		return { value: undefined, layout: 'no JSON' };
	}
}

/** Headers whose values are the sender's program's, and no person's. */
const SHOWN_HEADERS = new Set([
	'accept',
	'accept-encoding',
	'connection',
	'content-type',
	'transfer-encoding',
	'user-agent',
]);

/**
 * Replaces the values of headers; their names and order stay.
 *
 * @param replaced values that are known to be others now, by names in small letters
 */
export function redactHeaders(
	headers: readonly (readonly [string, string])[],
	standIns: StandIns,
	replaced: Record<string, string>,
): [string, string][] {
	return headers.map(([name, value]) => {
		const small = name.toLowerCase();
		return [name, replaced[small] ?? (SHOWN_HEADERS.has(small) ? value : standIns.forText(value))];
	});
}
