import { isKnownStatus } from '../shared/contract/runStatus';
import { isObject } from '../shared/json';
import type { DeliveryEvent } from './delivery';
import { comparable, type Options } from './options';

/** Why an event does not start the workflow, for the log. */
export interface Filtered {
	level: 'info' | 'warn';
	reason: string;
}

const MOST_NAMES = 20;
const LONGEST_NAME = 40;

/** The names of the top-level fields of a body, and no values. */
function topLevelNames(value: unknown): string {
	const names = isObject(value) ? Object.keys(value) : [];
	const shown = names
		.filter((name) => /^[\w.-]+$/.test(name))
		.slice(0, MOST_NAMES)
		.map((name) => name.slice(0, LONGEST_NAME));
	return shown.length === 0 ? 'none that can be shown' : shown.join(', ');
}

/**
 * Checks whether the user selected an event in the panel.
 *
 * @param value the parsed body
 * @returns undefined when it is selected
 */
export function filteredBy(
	{ events, definitions }: Options,
	{ event, fields, status }: DeliveryEvent,
	value: unknown,
): Filtered | undefined {
	if (event === 'unrecognized' && !events.includes(event)) {
		const names = topLevelNames(value);
		return {
			level: 'warn',
			reason: `the event is unrecognized, and Unrecognized is not selected; its top-level fields: ${names}`,
		};
	}
	if (!events.includes(event)) {
		const isUnknown = status !== null && !isKnownStatus(status);
		return {
			level: isUnknown ? 'warn' : 'info',
			reason: `the event ${event} is not chosen${isUnknown ? '; its status is unknown to this node' : ''}`,
		};
	}
	const names = [fields.reference, fields.workflowDefinitionId].filter((name) => name !== null);
	const isWanted =
		definitions.length === 0 ||
		names.length === 0 ||
		names.some((name) => definitions.includes(comparable(name)));
	return isWanted ? undefined : { level: 'info', reason: 'its workflow definition is not chosen' };
}
