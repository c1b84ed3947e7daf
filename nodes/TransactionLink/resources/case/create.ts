import { textIn } from '../../../shared/ask';
import { createCase } from '../../../shared/calls';
import { caseFields, readCaseFields } from '../../fields/caseFields';
import type { Operation } from '../../operation';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	description: 'Create a case for a person or a company, which workflows can then be run for',
	action: 'Create case for person or company',
	fields: [caseFields],
	async run(item) {
		const created = await createCase(item.connection, readCaseFields(item));
		const caseId = textIn(created.caseId);
		if (caseId !== undefined) item.made.caseId = caseId;
		return [{ json: created }];
	},
};
