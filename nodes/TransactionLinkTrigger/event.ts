import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { isJsonObject } from '../shared/json';
import { outcomeOf } from '../shared/contract/runStatus';

/** What a delivery can be about; the panel offers these to choose from. */
export type EventName = 'completed' | 'awaiting' | 'statusChanged';

/** What the body of a delivery tells. What it does not tell is null. */
export interface Told {
	workflowId: string | null;
	caseId: string | null;
	recordId: string | null;
	status: string | null;
	/** What the body itself calls the event. */
	saidEvent: string | null;
	reference: string | null;
	workflowDefinitionId: string | null;
}

/**
 * No field of the body is documented, in no generation of the API. So each thing is looked for under every
 * name that the vendor's other answers and texts suggest, here and nowhere else.
 */
const NAMES: Record<keyof Told, string[]> = {
	workflowId: ['workflowId', 'workflowExecutionId', 'executionId'],
	caseId: ['caseId'],
	recordId: ['recordId'],
	status: ['status', 'workflowStatus', 'state'],
	saidEvent: ['event', 'eventType', 'type'],
	reference: ['reference', 'referenceName', 'workflowReference', 'workflowName', 'name'],
	workflowDefinitionId: ['workflowDefinitionId', 'definitionId'],
};

/** Objects one level down in which the same things may stand. */
const ENVELOPES = ['data', 'payload', 'workflow', 'execution'];

function asText(value: unknown): string | null {
	if (typeof value === 'string' && value !== '') return value;
	return typeof value === 'number' ? String(value) : null;
}

/** By name first and by place second: a telling name one level down counts more than a bare one at the top. */
function lookUp(places: IDataObject[], names: string[]): string | null {
	for (const name of names) {
		for (const place of places) {
			const text = Object.hasOwn(place, name) ? asText(place[name]) : null;
			if (text !== null) return text;
		}
	}
	return null;
}

/**
 * Reads what a delivery tells.
 *
 * @param payload the parsed body, which may be anything at all
 */
export function readPayload(payload: unknown): Told {
	const top = isJsonObject(payload) ? payload : {};
	const below = ENVELOPES.filter((name) => Object.hasOwn(top, name))
		.map((name) => top[name])
		.filter(isJsonObject);
	const places = [top, ...below];
	return {
		// An "id" beside an envelope is more likely that of the message than that of the run.
		workflowId: lookUp(places, NAMES.workflowId) ?? lookUp([...below, top], ['id']),
		caseId: lookUp(places, NAMES.caseId),
		recordId: lookUp(places, NAMES.recordId),
		status: lookUp(places, NAMES.status),
		saidEvent: lookUp(places, NAMES.saidEvent),
		reference: lookUp(places, NAMES.reference),
		workflowDefinitionId: lookUp(places, NAMES.workflowDefinitionId),
	};
}

/** "workflow.completed", "WORKFLOW_COMPLETED" and "completed" say the same. */
function mentions(text: string | null, word: RegExp): boolean {
	return text !== null && word.test(text);
}

/**
 * Tells what kind of event it is.
 *
 * @param status of the run: the body's own, or the one that was asked for
 */
export function eventOf({ saidEvent }: Told, status: string | null): EventName {
	if (status !== null) {
		if (outcomeOf(status) === 'completed') return 'completed';
		if (outcomeOf(status) === 'failed') return 'statusChanged';
		if (/await/i.test(status)) return 'awaiting';
	}
	// The whole list of statuses is unknown: one that says nothing to us does not outdo a plain word.
	if (mentions(saidEvent, /complet/i)) return 'completed';
	return mentions(saidEvent, /await/i) ? 'awaiting' : 'statusChanged';
}

/**
 * An id for the event that is the same in every repeat of it.
 *
 * A run ends once, so its end is known by the run and how it ended, whatever else the body says. Anything
 * before may happen more than once; there the body itself has to be the same.
 *
 * @param status of the run: the body's own, or the one that was asked for
 * @param body the bytes as they came
 * @returns 64 hexadecimal digits
 */
export function eventIdOf(
	{ workflowId }: Told,
	event: EventName,
	status: string | null,
	body: Buffer,
): string {
	const hash = createHash('sha256');
	const isEnd = event === 'completed' || (status !== null && outcomeOf(status) !== 'pending');
	if (isEnd && workflowId !== null) {
		const end = event === 'completed' ? event : String(status).toUpperCase();
		return hash.update(JSON.stringify(['end', workflowId, end])).digest('hex');
	}
	return hash
		.update(JSON.stringify(['body', workflowId]))
		.update(body)
		.digest('hex');
}
