import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';

/** Converts the file of an item to upper case. */
export class ExampleFileNode implements INodeType {
	description: INodeType['description'] = {
		displayName: 'Example File',
		name: 'exampleFile',
		group: ['transform'],
		version: 1,
		description: 'Converts a file to upper case',
		defaults: { name: 'Example File' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { fileName } = this.helpers.assertBinaryData(0, 'data');
		const content = await this.helpers.getBinaryDataBuffer(0, 'data');
		const upperCase = Buffer.from(content.toString().toUpperCase());
		const data = await this.helpers.prepareBinaryData(
			upperCase,
			`upper-case ${fileName}`,
			'text/plain',
		);
		return [[{ json: {}, binary: { data }, pairedItem: { item: 0 } }]];
	}
}
