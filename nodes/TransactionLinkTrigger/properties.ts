import type { INodeProperties } from 'n8n-workflow';

/** What the trigger's panel asks for, and what it tells the person. */
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
		default: ['completed'],
		description: 'Which events start the workflow',
		options: [
			{
				name: 'Awaiting',
				value: 'awaiting',
				description: 'The person is done, and checks still run in the background',
			},
			{
				name: 'Completed',
				value: 'completed',
				description: 'The run has completed, and its result can be fetched',
			},
			{
				name: 'Status Changed',
				value: 'statusChanged',
				description: 'Any other change, such as a run that ended without success',
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
				displayName: 'Ignore Duplicates',
				name: 'ignoreDuplicates',
				type: 'boolean',
				default: true,
				description:
					'Whether a delivery that TransactionLink repeats starts the workflow only once. This is ' +
					'remembered for an hour, or until n8n restarts. The example workflow for completions ' +
					'shows how to go further.',
			},
			{
				displayName: 'Include Result',
				name: 'includeResult',
				type: 'boolean',
				default: false,
				description: 'Whether to fetch the result of the run and put it into the output',
			},
			{
				displayName: 'Verify Signature',
				name: 'verifySignature',
				type: 'boolean',
				default: true,
				description:
					'Whether to refuse deliveries that TransactionLink did not sign. Without it, anybody who ' +
					'knows the address can start the workflow.',
			},
			{
				displayName: 'Workflow Definitions',
				name: 'workflowDefinition',
				type: 'string',
				default: '',
				placeholder: 'e.g. company-check, hosted-onboarding',
				description:
					'Names or IDs of workflow definitions, separated by commas, whose events start the ' +
					'workflow. Leave it empty for all. A delivery that does not tell its definition is let ' +
					'through.',
			},
		],
	},
];
