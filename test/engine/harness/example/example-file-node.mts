import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';

/** Turns the file of an item into capital letters. */
export class ExampleFileNode implements INodeType {
	description: INodeType['description'] = {
		displayName: 'Example File',
		name: 'exampleFile',
		group: ['transform'],
		version: 1,
		description: 'Turns a file into capital letters',
		defaults: { name: 'Example File' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { fileName } = this.helpers.assertBinaryData(0, 'data');
		const content = await this.helpers.getBinaryDataBuffer(0, 'data');
		const shouted = Buffer.from(content.toString().toUpperCase());
		const data = await this.helpers.prepareBinaryData(shouted, `shouted ${fileName}`, 'text/plain');
		return [[{ json: {}, binary: { data }, pairedItem: { item: 0 } }]];
	}
}
