import type { INodeProperties } from 'n8n-workflow';

/** The trigger's panel. */
export const properties: INodeProperties[] = [
	{
		displayName:
			'Publish this workflow, open Webhook URLs above, and copy the Production URL into the ' +
			'webhook settings of the TransactionLink dashboard. The dashboard holds a single ' +
			'address: to start several workflows, call them from this one with Execute Sub-workflow.',
		name: 'notice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: ['completed', 'failed', 'unrecognized'],
		description: 'Which events start the workflow',
		options: [
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
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Confirm Run',
				name: 'confirmRun',
				type: 'boolean',
				default: true,
				description:
					'Whether to look the run up with this credential before the workflow starts. A run that this ' +
					'account does not have starts nothing. If TransactionLink does not respond, the workflow ' +
					'starts with "confirmed" set to false.',
			},
			{
				displayName: 'Ignore Duplicates',
				name: 'ignoreDuplicates',
				type: 'boolean',
				default: true,
				description:
					'Whether a delivery that TransactionLink repeats starts the workflow only once. The trigger ' +
					'remembers deliveries for an hour, or until n8n restarts. The example workflow for ' +
					'completions shows how to go further.',
			},
			{
				displayName: 'Include Result',
				name: 'includeResult',
				type: 'boolean',
				default: false,
				description: 'Whether to fetch the result of the run and put it into the output',
			},
			{
				displayName: 'Output',
				name: 'output',
				type: 'options',
				default: 'everything',
				description: 'What the item contains',
				options: [
					{
						name: 'Everything',
						value: 'everything',
						description: 'Including the body of the delivery, which may contain personal data',
					},
					{
						name: 'IDs Only',
						value: 'idsOnly',
						description:
							'IDs, event, outcome, status, time, signature and confirmation; without body, reference and result',
					},
				],
			},
			{
				displayName: 'Verify Signature',
				name: 'verifySignature',
				type: 'boolean',
				default: true,
				description:
					'Whether to reject deliveries that TransactionLink did not sign. If switched off, anyone who ' +
					'knows the address can start the workflow.',
			},
			{
				displayName: 'Workflow Definitions',
				name: 'workflowDefinition',
				type: 'string',
				default: '',
				placeholder: 'e.g. company-check, hosted-onboarding',
				description:
					'Names or IDs of workflow definitions whose events start the workflow, separated by commas, ' +
					'semicolons or line breaks. Leave empty for all. A delivery without a definition starts the ' +
					'workflow.',
			},
		],
	},
];
