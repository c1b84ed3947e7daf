import { caseIdField } from '../../fields/identifiers';
import type { Operation } from '../../operation';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	description: 'Get what TransactionLink holds on a case',
	action: 'Get case',
	fields: [caseIdField],
	async execute(item) {
		const caseId = caseIdField.read(item);
		const json = await item.client.object({
			method: 'GET',
			path: `/cases/${encodeURIComponent(caseId)}`,
			purpose: {
				action: 'get the case',
				ids: { caseId },
			},
		});
		return [{ json }];
	},
};
