import {
	NodeConnectionTypes,
	NodeOperationError,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

const seen = new Set<string>();

/** A trigger that handles a delivery in each possible way, as the `action` in the body demands. */
export class ExampleTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Example Trigger',
		name: 'exampleTrigger',
		group: ['trigger'],
		version: 1,
		description: 'Starts on deliveries',
		defaults: { name: 'Example Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'exampleApi' }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: 'Thank you',
				path: 'webhook',
			},
		],
		properties: [{ displayName: 'Greeting', name: 'greeting', type: 'string', default: 'Hello' }],
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const request = this.getRequestObject();
		const response = this.getResponseObject();
		const { action, id } = this.getBodyData();
		if (action === 'reject') {
			response.status(401).set('x-reason', 'test').send({ rejected: true }).end();
			return { noWebhookResponse: true };
		}
		if (action === 'sendNoResponse') return { noWebhookResponse: true };
		if (action === 'throw') throw new NodeOperationError(this.getNode(), 'Invalid delivery');
		if (action === 'ignore' || seen.has(String(id))) return { webhookResponse: 'Ignored' };
		response.once('finish', () => {
			if (id !== undefined && response.statusCode === 200) seen.add(String(id));
		});
		const json = {
			greeting: this.getNodeParameter('greeting'),
			raw: request.rawBody.toString(),
			mode: this.getMode(),
			url: this.getNodeWebhookUrl('default'),
			key:
				action === 'readCredential'
					? (await this.getCredentials<{ key: string }>('exampleApi')).key
					: '',
		};
		return { workflowData: [[{ json }]] };
	}
}
