import type { IWebhookFunctions } from 'n8n-workflow';
import { isObject } from '../shared/answer';
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

/** Whether an event is one of those that the person wants the workflow to start for. */
export function isChosen({ events, definitions }: Options, event: EventName, told: Told): boolean {
	if (!events.includes(event)) return false;
	const tells = [told.reference, told.workflowDefinitionId]
		.filter((name) => name !== null)
		.map((name) => name.toLowerCase());
	return definitions.length === 0 || tells.length === 0 || tells.some((name) => definitions.includes(name));
}
