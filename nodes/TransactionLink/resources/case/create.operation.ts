import { textIn } from '../../../shared/json';
import { createCase } from '../../../shared/api/endpoints';
import { caseFields } from '../../fields/caseFields';
import type { Operation } from '../../operation';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	description: 'Create a case for a person or a company, which workflows can then be run for',
	action: 'Create case for person or company',
	fields: [caseFields],
	async execute(item) {
		const created = await createCase(item.client, caseFields.read(item));
		const caseId = textIn(created.caseId);
		if (caseId !== undefined) item.createdIds.caseId = caseId;
		return [{ json: created }];
	},
};
