import {
	NodeConnectionTypes,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { CREDENTIAL_NAME } from '../shared/authentication/credential';
import { handle } from './handle';
import { properties } from './options';
import { triggerPanel } from './panelTexts';

export class TransactionLinkTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'TransactionLink Trigger',
		name: 'transactionLinkTrigger',
		icon: {
			light: 'file:../../icons/transactionLink.svg',
			dark: 'file:../../icons/transactionLink.dark.svg',
		},
		group: ['trigger'],
		// For a webhook of version 1, n8n evaluates an expression for each delivery. Without the 1, n8n's editor would
		// show the triggers of older workflows as unknown.
		version: [1, 1.1],
		defaultVersion: 1.1,
		subtitle:
			'={{ [$parameter["events"]].flat().join(", ").replace(/[A-Z]/g, " $&").toLowerCase() }}',
		// n8n lists both nodes as one, "TransactionLink", and shows this description for it.
		description:
			'Onboard people and companies, or start the workflow when a run has completed or changed',
		eventTriggerDescription:
			'Waiting for TransactionLink to send an event to the test address in its dashboard. If nothing arrives, ' +
			'check that address and test the credential.',
		triggerPanel,
		activationMessage:
			'Events that TransactionLink sends to the Production URL now start this workflow',
		defaults: { name: 'TransactionLink Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: CREDENTIAL_NAME, required: true }],
		builderHint: {
			searchHint:
				'Goes on when a run has ended or changed. Branch on outcome: pending, completed or failed.',
		},
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: 'OK',
				path: 'webhook',
			},
		],
		properties,
	};

	// TransactionLink documents no request that registers an address: the user enters it in the dashboard.
	webhookMethods = {
		default: {
			async checkExists(): Promise<boolean> {
				return true;
			},
			async create(): Promise<boolean> {
				return true;
			},
			async delete(): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await handle(this);
	}
}
