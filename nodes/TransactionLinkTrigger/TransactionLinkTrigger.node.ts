import {
	NodeConnectionTypes,
	type IDataObject,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { CREDENTIAL_NAME } from '../shared/authentication/credential';
import {
	receive,
	resultOf,
	understand,
	verified,
	type NotTaken,
	type SignatureShown,
} from './delivery';
import { claim } from './duplicates';
import { readOptions, whyNotChosen } from './options';
import { properties } from './properties';
import { readSignature } from './signature';

const UNVERIFIED: SignatureShown = { verified: false, keyId: null };

/** Takes the delivery without starting anything. The log tells, so that nobody looks for it in vain. */
function pass(context: IWebhookFunctions, reason: string): IWebhookResponseData {
	context.logger.info(`TransactionLink Trigger started nothing for a delivery: ${reason}`);
	return { webhookResponse: 'OK' };
}

/** Answers by itself, and says nothing to the sender about why; the log does. */
function turnAway(context: IWebhookFunctions, { status, reason }: NotTaken): IWebhookResponseData {
	context.logger.warn(`TransactionLink Trigger answered ${status} to a delivery: ${reason}`);
	context
		.getResponseObject()
		.status(status)
		.send(status === 401 ? 'Unauthorized' : 'Service Unavailable')
		.end();
	return { noWebhookResponse: true };
}

async function handle(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const options = readOptions(context);
	const receivedAt = new Date().toISOString();
	// Looked at before anything else: what cannot be a signature costs no look at body or credential.
	const claimed = options.verifySignature
		? readSignature(context.getHeaderData()['jws-signature'])
		: undefined;
	if (claimed !== undefined && 'refusal' in claimed)
		return turnAway(context, { status: 401, reason: claimed.refusal });

	const delivery = await receive(context);
	const signature = claimed === undefined ? UNVERIFIED : await verified(delivery, claimed);
	if ('status' in signature) return turnAway(context, signature);

	const happening = await understand(delivery);
	if ('reason' in happening) return turnAway(context, happening);
	const { told, event, eventId, status } = happening;
	const whyNot = whyNotChosen(options, event, told);
	if (whyNot !== undefined) return pass(context, whyNot);

	// A person who listens for a test event wants to see each one.
	if (options.ignoreDuplicates && context.getMode() !== 'manual') {
		const key = JSON.stringify([context.getWorkflow().id, context.getNode().id, eventId]);
		const standing = await claim(key, context.getResponseObject(), delivery.patience);
		if (standing === 'taken') return pass(context, 'it is a repeat');
		if (standing === 'underway') {
			return turnAway(context, { status: 503, reason: 'the same event is still being answered' });
		}
	}

	const json: IDataObject = {
		eventId,
		event,
		workflowId: told.workflowId,
		caseId: told.caseId,
		recordId: told.recordId,
		status,
		reference: told.reference,
		workflowDefinitionId: told.workflowDefinitionId,
		receivedAt,
		signature: { ...signature },
		payload: delivery.payload as IDataObject,
		...(options.includeResult ? await resultOf(delivery, told.workflowId) : {}),
	};
	return { workflowData: [[{ json }]] };
}

export class TransactionLinkTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'TransactionLink Trigger',
		name: 'transactionLinkTrigger',
		icon: {
			light: 'file:../../icons/transactionLink.svg',
			dark: 'file:../../icons/transactionLink.dark.svg',
		},
		group: ['trigger'],
		// 1.1 for new ones: for a webhook of version 1, n8n evaluates an expression of its own on each delivery. Without
		// the 1, n8n's editor would show the triggers of older workflows as unknown.
		version: [1, 1.1],
		defaultVersion: 1.1,
		subtitle: '={{ $parameter["events"].join(", ").replace(/[A-Z]/g, " $&").toLowerCase() }}',
		// n8n lists both nodes as one, "TransactionLink", and shows this description for it.
		description:
			'Onboard people and companies, or start the workflow when a run has completed or changed',
		eventTriggerDescription: 'Waiting for TransactionLink to send an event',
		activationMessage:
			'Events that TransactionLink sends to the Production URL now start this workflow',
		defaults: { name: 'TransactionLink Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: CREDENTIAL_NAME, required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: 'OK',
				path: 'webhook',
			},
		],
		properties: properties,
	};

	// TransactionLink has no call to register an address: a person pastes it into the dashboard, as the panel says.
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
		const [handled] = await Promise.allSettled([handle(this)]);
		if (handled.status === 'fulfilled') return handled.value;
		// Whatever arrives gets an answer: a thrown one would be a failed execution for each delivery.
		const reason = handled.reason instanceof Error ? handled.reason.message : 'unexpected trouble';
		return turnAway(this, { status: 503, reason });
	}
}
