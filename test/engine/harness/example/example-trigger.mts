import {
	NodeConnectionTypes,
	NodeOperationError,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

const seen = new Set<string>();

/** A trigger that does each of the things a trigger may do with a delivery: the body says which. */
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
		const { wish, id } = this.getBodyData();
		if (wish === 'refuse') {
			response.status(401).set('x-why', 'wish').send({ no: true }).end();
			return { noWebhookResponse: true };
		}
		if (wish === 'silence') return { noWebhookResponse: true };
		if (wish === 'throw') throw new NodeOperationError(this.getNode(), 'Nothing doing');
		if (wish === 'ignore' || seen.has(String(id))) return { webhookResponse: 'Noted' };
		response.once('finish', () => {
			if (id !== undefined && response.statusCode === 200) seen.add(String(id));
		});
		const json = {
			greeting: this.getNodeParameter('greeting'),
			raw: request.rawBody.toString(),
			mode: this.getMode(),
			url: this.getNodeWebhookUrl('default'),
			key:
				wish === 'credential' ? (await this.getCredentials<{ key: string }>('exampleApi')).key : '',
		};
		return { workflowData: [[{ json }]] };
	}
}
