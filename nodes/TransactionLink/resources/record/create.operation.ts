import { textIn } from '../../../shared/json';
import { columnFields, readColumns } from '../../fields/columnFields';
import { identifierField, readIdentifier, tableIdentifier } from '../../fields/identifier';
import type { Operation } from '../../operation';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	description: 'Create a record in a table of TransactionLink, which workflows can then be run for',
	action: 'Create record',
	fields: [identifierField(tableIdentifier), ...columnFields],
	async execute(item) {
		const tableId = readIdentifier(item, tableIdentifier);
		const created = await item.client.object({
			method: 'POST',
			path: `/tables/${encodeURIComponent(tableId)}/records`,
			body: readColumns(item),
			purpose: {
				action: 'create the record',
				ids: { tableId },
			},
		});
		const recordId = textIn(created.id);
		if (recordId !== undefined) item.createdIds.recordId = recordId;
		return [{ json: created }];
	},
};
