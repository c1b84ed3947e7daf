import { ask } from '../../../shared/api/ask';
import { caseIdentifier, identifierField, readIdentifier } from '../../fields/identifier';
import type { Operation } from '../../operation';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	description: 'Get what TransactionLink holds on a case',
	action: 'Get case',
	fields: [identifierField(caseIdentifier)],
	async execute(item) {
		const caseId = readIdentifier(item, caseIdentifier);
		const json = await ask(item.client, {
			method: 'GET',
			path: `/cases/${encodeURIComponent(caseId)}`,
			purpose: {
				action: 'get the case',
				subject: `a case with the ID ${caseId}`,
				whereToFind: 'The ID of a case is the field "caseId" in the output of Case → Create.',
				creates: false,
			},
		});
		return [{ json }];
	},
};
