import {
	deepCopy,
	NodeConnectionTypes,
	type IDataObject,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';

/** An input item, or only its JSON. */
export type InputItem = INodeExecutionData | IDataObject;

/** A JSON object whose field `json` is an object counts as a whole item. */
function isWholeItem(item: InputItem): item is INodeExecutionData {
	return typeof item['json'] === 'object' && item['json'] !== null;
}

/** Creates the start node of a workflow, which outputs these items. */
export function createItemsSource(items: InputItem[]): INodeType {
	const output = items.map((item) => (isWholeItem(item) ? item : { json: item }));
	return {
		description: {
			displayName: 'Items',
			name: 'items',
			group: ['trigger'],
			version: 1,
			description: 'Emits the items of a test',
			defaults: { name: 'Items' },
			inputs: [],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		execute: async () => [deepCopy(output)],
	};
}
