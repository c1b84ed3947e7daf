import { isObject } from '../shared/json';
import { parseJson } from './body';

/** The fields of an object, by normalized names. */
export type Fields = ReadonlyMap<string, unknown>;

/** An object of the body that may contain event fields. */
export interface Place {
	/** The name of the field that contains it; empty for the outermost object. */
	name: string;
	fields: Fields;
	parent: Place | undefined;
}

/** Normalizes a name: "workflowId", "workflow_id", "Workflow-ID" and "WORKFLOWID" are the same. */
function normalizeName(name: string): string {
	return name.toLowerCase().replace(/[\s_.-]/g, '');
}

/** Fields that contain the run itself, so that their `id` is the run's. */
export const RUN_ENVELOPES = ['execution', 'workflowexecution', 'run', 'workflowrun'];

const ENVELOPES = new Set([
	...RUN_ENVELOPES,
	'attributes',
	'body',
	'content',
	'data',
	'detail',
	'details',
	'event',
	'message',
	'notification',
	'object',
	'payload',
	'resource',
	'webhook',
	'workflow',
]);

/** Fields that may contain a list of events. */
const LISTS = new Set([
	...ENVELOPES,
	'events',
	'items',
	'messages',
	'notifications',
	'records',
	'runs',
]);

/** The outermost level and two levels of envelopes. */
const LEVELS = 3;

/** The largest number of events in one delivery. */
const MOST_EVENTS = 100;

/** Parses a field that contains JSON as text, as message queues send it. */
function unwrapped(value: unknown): unknown {
	if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
	try {
		return parseJson(value);
	} catch {
		return value;
	}
}

function placeOf(value: object, name: string, parent: Place | undefined): Place {
	const fields = new Map<string, unknown>();
	for (const [original, held] of Object.entries(value)) {
		const normalized = normalizeName(original);
		if (!fields.has(normalized)) fields.set(normalized, held);
	}
	return { name, fields, parent };
}

/** An object of the body and the envelopes in it, outermost first. */
export function placesIn(value: unknown, parent?: Place): Place[] {
	const outermost = unwrapped(value);
	if (!isObject(outermost)) return [];
	const found = [placeOf(outermost, '', parent)];
	let level = found;
	for (let depth = 1; depth < LEVELS; depth += 1) {
		level = level.flatMap((place) =>
			[...place.fields].flatMap(([name, held]) => {
				const inner = ENVELOPES.has(name) ? unwrapped(held) : undefined;
				return isObject(inner) ? [placeOf(inner, name, place)] : [];
			}),
		);
		found.push(...level);
	}
	return found;
}

/** Every list of objects in a body. */
export function listsIn(value: unknown): unknown[][] {
	const outermost = unwrapped(value);
	if (Array.isArray(outermost)) return [outermost];
	return placesIn(outermost).flatMap(({ fields }) =>
		[...fields].flatMap(([name, held]) => {
			const inner = LISTS.has(name) ? unwrapped(held) : undefined;
			return Array.isArray(inner) && inner.some(isObject) ? [inner] : [];
		}),
	);
}

/**
 * The events of a body that is a list, or an envelope around one.
 *
 * @returns undefined when the body contains one event, several lists, or too many events
 */
export function listIn(value: unknown): unknown[] | undefined {
	const [list, ...others] = listsIn(value);
	const isUsable = list !== undefined && list.length > 0 && list.length <= MOST_EVENTS;
	return isUsable && others.length === 0 ? list : undefined;
}
