import { UserError, type INodeProperties, type IWebhookFunctions } from 'n8n-workflow';
import { choiceField, choicesField } from '../shared/fields/choice';
import { collectionField } from '../shared/fields/collection';
import type { FieldContext } from '../shared/fields/field';
import { cleanName } from '../shared/fields/hygiene';
import { listField } from '../shared/fields/list';
import { switchField } from '../shared/fields/switch';
import type { EventName } from './event';

/** What an item contains. */
export type Output = 'everything' | 'idsOnly';

/** The trigger's panel. */
export interface Options {
	events: EventName[];
	/** Names and IDs of workflow definitions, normalized by `comparable`; empty for all. */
	definitions: string[];
	includeResult: boolean;
	confirmRun: boolean;
	output: Output;
	verifySignature: boolean;
	ignoreDuplicates: boolean;
}

const notice: INodeProperties = {
	displayName:
		'Publish this workflow, open Webhook URLs above, and copy the Production URL into the webhook settings of the ' +
		'TransactionLink dashboard. The dashboard holds a single address: for several workflows, use the ' +
		'example router.',
	name: 'notice',
	type: 'notice',
	default: '',
};

const events = choicesField<EventName>(
	{
		name: 'events',
		label: 'Events',
		description: 'Which events start the workflow',
		default: ['completed', 'failed', 'unrecognized'],
	},
	[
		{
			name: 'Awaiting',
			value: 'awaiting',
			description: 'The end user is done, and checks still run in the background',
		},
		{
			name: 'Completed',
			value: 'completed',
			description: 'The run has completed, and its result can be fetched',
		},
		{
			name: 'Failed',
			value: 'failed',
			description: 'The run has ended without success, such as canceled or expired',
		},
		{
			name: 'Status Changed',
			value: 'statusChanged',
			description: 'The run has changed and goes on, or its status is new to this node',
		},
		{
			name: 'Unrecognized',
			value: 'unrecognized',
			description: 'TransactionLink signed it, but this node cannot interpret it',
		},
	],
);

const confirmRun = switchField(
	'confirmRun',
	'Confirm Run',
	true,
	'Whether to look the run up with this credential before the workflow starts. A run that this account does not ' +
		'have starts nothing. If TransactionLink does not respond, the workflow starts with "confirmed" set to false.',
);

const ignoreDuplicates = switchField(
	'ignoreDuplicates',
	'Ignore Duplicates',
	true,
	'Whether a delivery that TransactionLink repeats starts the workflow only once. The trigger remembers deliveries ' +
		'for an hour, or until n8n restarts.',
);

const includeResult = switchField(
	'includeResult',
	'Include Result',
	false,
	'Whether to fetch the result of the run and put it into the output',
);

const output = choiceField<Output>(
	{ name: 'output', label: 'Output', description: 'What the item contains', default: 'everything' },
	[
		{
			name: 'Everything',
			value: 'everything',
			description: 'Including the body of the delivery, which may contain personal data',
		},
		{
			name: 'IDs Only',
			value: 'idsOnly',
			description: 'Everything except body, reference and result',
		},
	],
);

const verifySignature = switchField(
	'verifySignature',
	'Verify Signature',
	true,
	'Whether to reject deliveries that TransactionLink did not sign. If switched off, anyone who knows the address ' +
		'can start the workflow.',
);

const definitions = listField({
	name: 'workflowDefinition',
	label: 'Workflow Definitions',
	placeholder: 'company-check, hosted-onboarding',
	description:
		'Names or IDs of workflow definitions whose events start the workflow, separated by commas, semicolons or line ' +
		'breaks. Leave empty for all. A delivery without a definition starts the workflow.',
});

/** Normalizes a name for comparisons, without case and invisible characters. */
export function comparable(name: string): string {
	return cleanName(name).toLowerCase();
}

const options = collectionField(
	{ name: 'options', label: 'Options', button: 'Add Option' },
	[confirmRun, ignoreDuplicates, includeResult, output, verifySignature, definitions],
	(context) => ({
		confirmRun: confirmRun.read(context),
		ignoreDuplicates: ignoreDuplicates.read(context),
		includeResult: includeResult.read(context),
		output: output.read(context),
		verifySignature: verifySignature.read(context),
		definitions: definitions.read(context).map(comparable),
	}),
);

/** The properties of the panel. */
export const properties: INodeProperties[] = [notice, events.property, options.property];

function panelOf(context: IWebhookFunctions): FieldContext {
	return {
		value: (name, fallback) => context.getNodeParameter(name, fallback),
		rejection: (heading, description) => new UserError(heading, { description }),
		inputJson: () => ({}),
		isExpression: () => false,
		note: () => {},
		timeZone: () => context.getTimezone(),
	};
}

/**
 * Reads the panel. An invalid choice is never replaced by the default.
 *
 * @throws UserError naming the invalid option
 */
export function readOptions(context: IWebhookFunctions): Options {
	const panel = panelOf(context);
	return { events: events.read(panel), ...options.read(panel) };
}
