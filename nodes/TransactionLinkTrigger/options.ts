import type { IWebhookFunctions } from 'n8n-workflow';
import { isObject } from '../shared/json';
import type { EventName, Told } from './event';

/** What the person chose in the trigger's panel. */
export interface Options {
	events: string[];
	/** Names and ids in lower case; empty for all. */
	definitions: string[];
	includeResult: boolean;
	verifySignature: boolean;
	ignoreDuplicates: boolean;
}

/** Reads the panel. Whatever is missing or of another type counts as left at its default. */
export function readOptions(context: IWebhookFunctions): Options {
	const events: unknown = context.getNodeParameter('events', ['completed']);
	const entered: unknown = context.getNodeParameter('options', {});
	const { workflowDefinition, includeResult, verifySignature, ignoreDuplicates } = isObject(entered)
		? entered
		: {};
	return {
		events: Array.isArray(events) ? events.map(String) : ['completed'],
		definitions: (typeof workflowDefinition === 'string' ? workflowDefinition : '')
			.split(',')
			.map((name) => name.trim().toLowerCase())
			.filter((name) => name !== ''),
		includeResult: includeResult === true,
		verifySignature: verifySignature !== false,
		ignoreDuplicates: ignoreDuplicates !== false,
	};
}

/**
 * Looks whether an event is one of those that the person wants the workflow to start for.
 *
 * @returns why it is not, for the log; nothing when it is
 */
export function whyNotChosen(
	{ events, definitions }: Options,
	event: EventName,
	told: Told,
): string | undefined {
	if (!events.includes(event)) return `the event ${event} was not chosen`;
	const tells = [told.reference, told.workflowDefinitionId]
		.filter((name) => name !== null)
		.map((name) => name.toLowerCase());
	const isWanted =
		definitions.length === 0 ||
		tells.length === 0 ||
		tells.some((name) => definitions.includes(name));
	return isWanted ? undefined : 'its workflow definition was not chosen';
}
