import { isKnownStatus } from '../shared/contract/runStatus';
import { isObject } from '../shared/json';
import { reportedBy } from './eventWords';
import { listIn, listsIn, placesIn, RUN_ENVELOPES, type Place } from './places';

/** What a delivery contains about one event; missing values are null. */
export interface EventFields {
	workflowId: string | null;
	/** The run ID is the `id` of an object that may also be the message. */
	isGuessedId: boolean;
	caseId: string | null;
	recordId: string | null;
	/** The status of the run. */
	status: string | null;
	/** TransactionLink's name for the event. */
	eventName: string | null;
	reference: string | null;
	workflowDefinitionId: string | null;
}

/** One event of a delivery. */
export interface FoundEvent {
	fields: EventFields;
	/** The element of a list that reports it; undefined when the delivery contains only this event. */
	element?: unknown;
}

/**
 * No version of the API documents the fields of the body. So each is looked for under every name that
 * TransactionLink's other responses and texts suggest; only this file contains these names. Names are compared
 * without case, `_` and `-`.
 */
const NAMES = {
	workflowId: ['workflowid', 'workflowexecutionid', 'workflowrunid', 'executionid', 'runid'],
	caseId: ['caseid'],
	recordId: ['recordid'],
	status: [
		...['workflowstatus', 'executionstatus', 'runstatus', 'newstatus', 'currentstatus', 'status'],
		...['newstate', 'state'],
	],
	eventName: ['event', 'eventtype', 'eventname', 'type', 'topic', 'action'],
	reference: ['reference', 'referencename', 'workflowreference', 'workflowname', 'name'],
	workflowDefinitionId: ['workflowdefinitionid', 'definitionid'],
} satisfies Record<Exclude<keyof EventFields, 'isGuessedId'>, string[]>;

/** Names of objects whose `id` is one of the IDs. */
const OWNERS = {
	caseId: ['case'],
	recordId: ['record'],
	workflowDefinitionId: ['workflowdefinition', 'definition'],
};

/** Values of a `status` that describe the message, not the run. */
const MESSAGE_STATUS =
	/^(?:ok|okay|success|successful|sent|delivered|received|accepted|true|\d+)$/i;

/** An ID becomes part of a path, so it contains no blanks or slashes, and not only dots. */
const ID = /^(?!\.+$)[^\s/\\?#%\p{C}]{1,200}$/u;

function textOf(value: unknown): string | null {
	const text = typeof value === 'number' ? String(value) : value;
	return typeof text === 'string' && text.trim() !== '' ? text.trim() : null;
}

function idOf(value: unknown): string | null {
	const text = textOf(value);
	return text !== null && ID.test(text) ? text : null;
}

/** A status may be an object with a name, such as `{ "code": "COMPLETED" }`. */
function statusOf(value: unknown): string | null {
	const { code, name, value: inner } = isObject(value) ? value : { value };
	const text = [code, name, inner].find((one) => typeof one === 'string');
	const status = textOf(text);
	return status === null || MESSAGE_STATUS.test(status) ? null : status;
}

/** Every value with one of the names, ordered by name first and by place second. */
function valuesIn<Value>(
	places: Place[],
	names: readonly string[],
	read: (value: unknown) => Value | null,
): Value[] {
	return names
		.flatMap((name) => places.map(({ fields }) => read(fields.get(name))))
		.filter((value) => value !== null);
}

/** The object whose plain `id` is the run's: the run's own envelope, another one, or a body without envelopes. */
function placeOfBareId(places: Place[]): Place | undefined {
	const withId = places.filter(({ fields }) => idOf(fields.get('id')) !== null);
	const envelopes = withId.filter(({ name }) => name !== '');
	return (
		envelopes.find(({ name }) => RUN_ENVELOPES.includes(name)) ??
		envelopes[0] ??
		// An "id" next to an envelope is the message's.
		(places.every(({ name }) => name === '') ? withId[0] : undefined)
	);
}

/** Envelopes that contain the run itself by TransactionLink's texts, so that their `id` is the run's. */
const CERTAIN_ENVELOPES = ['', ...RUN_ENVELOPES, 'data', 'payload', 'workflow'];

/** The object that names the run, then the objects around it from the inside out, then all others. */
function runFirst(places: Place[], holder: Place | undefined): Place[] {
	const chain: Place[] = [];
	for (let place = holder; place !== undefined; place = place.parent) chain.push(place);
	return [...chain, ...places.filter((place) => !chain.includes(place))];
}

function idIn(places: Place[], name: keyof typeof OWNERS): string | null {
	const [named] = valuesIn(places, NAMES[name], idOf);
	if (named !== undefined) return named;
	const owned = OWNERS[name].flatMap((owner) =>
		places.map(({ fields }) => fields.get(owner)).filter(isObject),
	);
	return owned.map(({ id }) => idOf(id)).find((id) => id !== null) ?? null;
}

/** @param outer objects around the event, whose `id` never is the run's */
function readFields(own: Place[], outer: Place[] = [], hasLists = false): EventFields {
	const places = [...own, ...outer];
	const holder =
		NAMES.workflowId
			.map((name) => places.find(({ fields }) => idOf(fields.get(name)) !== null))
			.find((place) => place !== undefined) ??
		// Next to a list of events, an "id" is the message's.
		(hasLists ? undefined : placeOfBareId(own));
	const [named] = holder === undefined ? [] : valuesIn([holder], [...NAMES.workflowId, 'id'], idOf);
	const around = runFirst(places, holder);
	const statuses = around.flatMap((place) => valuesIn([place], NAMES.status, statusOf));
	const names = valuesIn(places, NAMES.eventName, (value) =>
		typeof value === 'string' ? textOf(value) : null,
	);
	const isNamed = holder !== undefined && valuesIn([holder], NAMES.workflowId, idOf).length > 0;
	return {
		workflowId: named ?? null,
		isGuessedId: holder !== undefined && !isNamed && !CERTAIN_ENVELOPES.includes(holder.name),
		caseId: idIn(places, 'caseId'),
		recordId: idIn(places, 'recordId'),
		// Prefer a known status of a run: a "state" may belong to an address.
		status: statuses.find(isKnownStatus) ?? statuses[0] ?? null,
		eventName: names.find((name) => reportedBy(name) !== undefined) ?? names[0] ?? null,
		reference: valuesIn(around, NAMES.reference, textOf)[0] ?? null,
		workflowDefinitionId: idIn(places, 'workflowDefinitionId'),
	};
}

const NONE: EventFields = {
	workflowId: null,
	isGuessedId: false,
	caseId: null,
	recordId: null,
	status: null,
	eventName: null,
	reference: null,
	workflowDefinitionId: null,
};

function hasEventData({ workflowId, status, eventName }: EventFields): boolean {
	return workflowId !== null || status !== null || eventName !== null;
}

/**
 * Reads the events that a body reports.
 *
 * @param value the parsed body, of any type
 * @returns at least one; if the body contains no event, all its fields are null
 */
export function readEvents(value: unknown): FoundEvent[] {
	const places = placesIn(value);
	const hasLists = listsIn(value).length > 0;
	const fields = readFields(places, [], hasLists);
	const list = fields.workflowId === null ? listIn(value) : undefined;
	// If a list cannot be split, the message around it is not sufficient.
	if (list === undefined)
		return [{ fields: hasLists && fields.workflowId === null ? NONE : fields }];
	const [outermost] = places;
	const found = list.map((element) => {
		const inner = placesIn(element, outermost);
		const around = outermost === undefined || inner.length === 0 ? [] : [outermost];
		return { fields: readFields(inner, around), element };
	});
	const isAnyWithData = found.some(({ fields: own }) => hasEventData(own));
	if (!isAnyWithData) return [{ fields }];
	const [only] = found;
	return found.length === 1 && only !== undefined ? [{ fields: only.fields }] : found;
}
