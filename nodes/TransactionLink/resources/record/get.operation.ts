import { readRecordPath, recordPathFields } from '../../fields/recordPath';
import type { Operation } from '../../operation';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	description: 'Get a record with its columns as they are now',
	action: 'Get record',
	fields: recordPathFields,
	prepare(item) {
		const { path, ids } = readRecordPath(item);
		return async () => {
			const json = await item.client.object({
				method: 'GET',
				path,
				purpose: { action: 'get the record', ids },
			});
			return [{ json }];
		};
	},
};
