import { defined } from '../../../shared/json';
import { apiVersionOption } from '../../fields/apiVersion';
import { caseIdField } from '../../fields/identifiers';
import type { Operation } from '../../operation';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	description: 'Get the data of a case',
	action: 'Get case',
	fields: [caseIdField],
	options: [apiVersionOption],
	prepare(item) {
		const caseId = caseIdField.read(item);
		const version = apiVersionOption.read(item);
		return async () => {
			const json = await item.client.object({
				method: 'GET',
				path: `/cases/${encodeURIComponent(caseId)}`,
				...defined({ version }),
				purpose: {
					action: 'get the case',
					ids: { caseId },
				},
			});
			return [{ json }];
		};
	},
};
