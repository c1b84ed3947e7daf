import { textIn } from '../../../shared/json';
import { createCase } from '../../../shared/api/endpoints';
import { caseFields } from '../../fields/caseFields';
import type { Operation } from '../../operation';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	description: 'Create a case for a person or a company, which workflows can then be run for',
	action: 'Create case for person or company',
	builderHint: 'Not needed before Workflow → Run: that can create the case.',
	fields: [caseFields],
	prepare(item) {
		const newCase = caseFields.read(item);
		return async () => {
			const created = await createCase(item.client, newCase);
			if (Object.keys(newCase).length === 0) item.note('The case was created without any field');
			const caseId = textIn(created.caseId);
			if (caseId !== undefined) item.created.caseId = caseId;
			return [{ json: created }];
		};
	},
};
