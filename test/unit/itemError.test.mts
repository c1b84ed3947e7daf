// The output of a failed item contains its error and its data, in n8n 1 and n8n 2.

import { NodeOperationError, type INode } from 'n8n-workflow';

import { failedItem } from '../../nodes/TransactionLink/items/itemError.ts';

const node: INode = {
	id: '1',
	name: 'TransactionLink',
	type: 'transactionLink',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const error = new NodeOperationError(node, 'Email is not an e-mail address', {
	description: 'Correct it.',
});

describe('the output of a failed item', () => {
	it('contains the error while n8n 1 selects the output, but not in the copy that it passes on', () => {
		const item = failedItem(error, 3, { caseId: '8a1f' }, 'continueErrorOutput');
		expect(item.error).toBe(error);
		const copy = { ...item };
		expect(copy.error).toBeUndefined();
		expect(copy.json).toMatchObject({
			error: 'Email is not an e-mail address',
			message: 'Correct it.',
			details: { caseId: '8a1f' },
		});
	});

	it('contains no error object on the regular output, where n8n would replace the JSON with its message', () => {
		expect(failedItem(error, 3, {}, 'continueRegularOutput').error).toBeUndefined();
	});
});
