import { showWhen } from '../../../shared/fields/field';
import { limit, readMost, returnAll } from '../../fields/limit';
import { readRecordPath, recordPathFields } from '../../fields/recordPath';
import type { Operation } from '../../operation';
import { listAttachments } from './list';

export const getMany: Operation = {
	value: 'getMany',
	name: 'Get Many',
	description: 'Get names, types, sizes and tags of the attachments of a record, without the files',
	action: 'Get many attachments',
	fields: [...recordPathFields, returnAll, showWhen({ returnAll: [false] }, limit)],
	prepare(item) {
		const recordPath = readRecordPath(item);
		const most = readMost(item);
		return async () => {
			const attachments = await listAttachments(item, recordPath);
			return attachments.slice(0, most).map((json) => ({ json }));
		};
	},
};
