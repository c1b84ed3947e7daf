import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import { isObject } from '../../shared/json';

const USUALLY = 16;

const MOST = 64;

/** Options that every operation has: they are about the node's way through its items. */
export const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Items at Once',
			name: 'itemsAtOnce',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MOST },
			default: USUALLY,
			description:
				'How many items are sent to TransactionLink at the same time. Choose fewer when it asks you to slow down.',
		},
	],
};

/**
 * Reads how many items are worked on at the same time, for all of them alike.
 *
 * @throws NodeOperationError when it is not a whole number within bounds
 */
export function readItemsAtOnce(context: IExecuteFunctions): number {
	const options: unknown = context.getNodeParameter('options', 0, {});
	const entered = isObject(options) ? (options.itemsAtOnce ?? USUALLY) : USUALLY;
	const count = typeof entered === 'string' && entered.trim() !== '' ? Number(entered) : entered;
	if (typeof count === 'number' && Number.isInteger(count) && count >= 1 && count <= MOST)
		return count;
	throw new NodeOperationError(context.getNode(), 'Items at Once is not a number of items', {
		description: `Enter a whole number from 1 to ${MOST}. Nothing was sent to TransactionLink.`,
	});
}
