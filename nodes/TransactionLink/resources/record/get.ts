import { ask } from '../../../shared/ask';
import { readRecordPlace, recordPlaceFields } from '../../fields/recordPlace';
import type { Operation } from '../../operation';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	description: 'Get a record with its columns as they are now',
	action: 'Get record',
	fields: recordPlaceFields,
	async run(item) {
		const { path, ifUnknown } = readRecordPlace(item);
		const json = await ask(item.connection, {
			method: 'GET',
			path,
			purpose: { action: 'get the record', ...ifUnknown, creates: false },
		});
		return [{ json }];
	},
};
