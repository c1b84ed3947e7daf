import { createHash } from 'node:crypto';
import { isKnownPending, outcomeOf, type Outcome } from '../shared/contract/runStatus';
import type { EventFields } from './eventFields';
import { reportedBy } from './eventWords';

/** The kinds of events that the panel offers. */
export type EventName = 'completed' | 'failed' | 'awaiting' | 'statusChanged' | 'unrecognized';

/** The fields of an event's delivery, and the status that TransactionLink returned. */
export interface Evidence {
	fields: EventFields;
	/** From a request for the run; undefined without such a request, or without a status. */
	currentStatus?: string | undefined;
}

function endOf(status: string | null | undefined): 'completed' | 'failed' | undefined {
	const outcome = status === null || status === undefined ? 'pending' : outcomeOf(status);
	return outcome === 'pending' ? undefined : outcome;
}

/** Whether the event's name reports the end of the run. */
export function reportsEnd({ eventName }: EventFields): boolean {
	const reported = reportedBy(eventName);
	return reported === 'completed' || reported === 'failed';
}

/** Whether the fields alone determine the kind of event, whatever the run's current status. */
export function isDecided(fields: EventFields): boolean {
	const { status } = fields;
	if (status === null) return false;
	return !(isKnownPending(status) && reportsEnd(fields));
}

/**
 * Finds out the kind of an event. A known status takes precedence over the event's name. An event keeps its kind if
 * the run has continued since.
 */
export function eventOf({ fields, currentStatus }: Evidence): EventName {
	const reported = reportedBy(fields.eventName);
	const reportedEnd = reported === 'completed' || reported === 'failed' ? reported : undefined;
	const status = fields.status ?? currentStatus ?? null;
	const end = endOf(fields.status) ?? (isDecided(fields) ? undefined : endOf(currentStatus));
	if (end !== undefined) return end;
	if (status !== null && /await/i.test(status)) return 'awaiting';
	if (status !== null && isKnownPending(status)) {
		return reported === 'awaiting' ? 'awaiting' : 'statusChanged';
	}
	if (reportedEnd !== undefined) return reportedEnd;
	if (reported === 'awaiting') return 'awaiting';
	return status !== null || reported === 'changed' ? 'statusChanged' : 'unrecognized';
}

/** The outcome by the newest known status; an end is final. */
export function outcomeIn({ fields, currentStatus }: Evidence, event: EventName): Outcome | null {
	const end = endOf(currentStatus) ?? endOf(fields.status);
	if (end !== undefined) return end;
	if (event === 'completed' || event === 'failed') return event;
	const status = currentStatus ?? fields.status;
	return status !== null || event === 'awaiting' ? 'pending' : null;
}

/**
 * An ID that is the same for every repeat of an event.
 *
 * A run ends once, so its end is identified by the run and the reported end, whatever else the delivery contains. Other
 * events can occur several times, so they are identified by their content.
 *
 * @param content the bytes that report the event
 * @returns 64 hexadecimal digits
 */
export function eventIdOf(fields: EventFields, event: EventName, content: Buffer | string): string {
	const { workflowId } = fields;
	const hash = createHash('sha256');
	if (workflowId !== null && (event === 'completed' || event === 'failed')) {
		// Not the current status: the request for it may fail for one delivery and succeed for its repeat.
		const failure = endOf(fields.status) === undefined ? null : fields.status;
		const end = event === 'completed' ? event : (failure ?? event).toUpperCase();
		return hash.update(JSON.stringify(['end', workflowId, end])).digest('hex');
	}
	return hash
		.update(JSON.stringify(['content', workflowId]))
		.update(content)
		.digest('hex');
}
