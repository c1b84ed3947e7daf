import { textIn } from '../../../shared/json';
import { columnFields, readColumns } from '../../fields/columnFields';
import { tableIdField } from '../../fields/identifiers';
import type { Operation } from '../../operation';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	description: 'Create a record in a table of TransactionLink, which workflows can then be run for',
	action: 'Create record',
	fields: [tableIdField, ...columnFields],
	prepare(item) {
		const tableId = tableIdField.read(item);
		const body = readColumns(item);
		return async () => {
			const created = await item.client.object({
				method: 'POST',
				path: `/tables/${encodeURIComponent(tableId)}/records`,
				body,
				purpose: {
					action: 'create the record',
					creates: 'recordId',
					ids: { tableId },
				},
			});
			const recordId = textIn(created.id);
			if (recordId !== undefined) item.created.recordId = recordId;
			return [{ json: created }];
		};
	},
};
