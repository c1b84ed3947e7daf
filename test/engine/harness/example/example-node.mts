import {
	NodeApiError,
	NodeConnectionTypes,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

/** The return value of n8n's request helper with `returnFullResponse`. */
interface FullResponse {
	statusCode: number;
	headers: IDataObject;
	body: IDataObject;
}

/** Requests one path per item and outputs the status, the `location` header and the body of the response. */
export class ExampleNode implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Example',
		name: 'example',
		group: ['transform'],
		version: [1, 2],
		description: 'Requests a path',
		defaults: { name: 'Example' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'exampleApi', required: true }],
		properties: [
			{ displayName: 'Path', name: 'path', type: 'string', default: '', required: true },
			{ displayName: 'Renew', name: 'renew', type: 'boolean', default: false },
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const output: INodeExecutionData[] = [];
		for (let itemIndex = 0; itemIndex < this.getInputData().length; itemIndex += 1) {
			try {
				output.push({ json: await send(this, itemIndex), pairedItem: { item: itemIndex } });
			} catch (cause) {
				const message = cause instanceof Error ? cause.message : String(cause);
				const description = 'The reason of the server';
				const error = new NodeApiError(
					this.getNode(),
					{},
					{ message, description, httpCode: '409', itemIndex },
				);
				if (!this.continueOnFail()) throw error;
				output.push({ json: {}, error, pairedItem: { item: itemIndex } });
			}
		}
		return [output];
	}
}

async function send(context: IExecuteFunctions, itemIndex: number): Promise<IDataObject> {
	const url = String(context.getNodeParameter('path', itemIndex));
	const mayRenew = context.getNodeParameter('renew', itemIndex) === true;
	const { statusCode, headers, body }: FullResponse =
		await context.helpers.httpRequestWithAuthentication.call(context, 'exampleApi', {
			method: 'GET',
			url,
			json: true,
			returnFullResponse: true,
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: !mayRenew,
		});
	if (statusCode === 409) throw new Error(`The server rejected ${url}`);
	return { statusCode, location: headers['location'], body, executionId: context.getExecutionId() };
}
