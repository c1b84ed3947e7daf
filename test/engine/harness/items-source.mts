import {
	deepCopy,
	NodeConnectionTypes,
	type IDataObject,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';

/** What goes into a node: whole items, or just their JSON. */
export type InputItem = INodeExecutionData | IDataObject;

/** Whether this is a whole item. A JSON object with a field `json` that is an object is taken for one. */
function isWholeItem(item: InputItem): item is INodeExecutionData {
	return typeof item['json'] === 'object' && item['json'] !== null;
}

/**
 * A node that starts a workflow and emits these items, in the place of whatever stands before the node under test.
 */
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
