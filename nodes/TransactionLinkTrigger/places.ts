import { isObject } from '../shared/json';
import { parseJson } from './body';

/** The names of an object in one spelling, with their values. */
export type Fields = ReadonlyMap<string, unknown>;

/** An object of the body in which event fields may stand. */
export interface Place {
	/** The name of the field that holds it; empty for the outermost one. */
	name: string;
	fields: Fields;
	parent: Place | undefined;
}

/** "workflowId", "workflow_id", "Workflow-ID" and "WORKFLOWID" are one name. */
export function normalizeName(name: string): string {
	return name.toLowerCase().replace(/[\s_.-]/g, '');
}

/** Fields that hold the run itself: an `id` in them is the run's. */
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

/** Fields that may hold a list of events. */
const LISTS = new Set([
	...ENVELOPES,
	'events',
	'items',
	'messages',
	'notifications',
	'records',
	'runs',
]);

/** The bare level and two levels of envelopes below it. */
const LEVELS = 3;

/** The most events that one delivery is split into. */
const MOST_EVENTS = 100;

/** Reads JSON that is the text of a field, as message queues deliver it. */
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

/** An object of the body and the envelopes in it, the outermost first. */
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
 * @returns nothing when the body is about one event, or contains more than can be told apart
 */
export function listIn(value: unknown): unknown[] | undefined {
	const [list, ...others] = listsIn(value);
	const isUsable = list !== undefined && list.length > 0 && list.length <= MOST_EVENTS;
	return isUsable && others.length === 0 ? list : undefined;
}
