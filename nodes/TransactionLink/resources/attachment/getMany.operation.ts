import { showWhen } from '../../../shared/fields/field';
import { numberField } from '../../../shared/fields/number';
import { switchField } from '../../../shared/fields/switch';
import { readRecordPath, recordPathFields } from '../../fields/recordPath';
import type { Operation } from '../../operation';
import { listAttachments } from './list';

const returnAll = switchField(
	'returnAll',
	'Return All',
	false,
	'Whether to return all results or only up to a given limit',
);

const limit = numberField({
	name: 'limit',
	label: 'Limit',
	description: 'Max number of results to return',
	default: 50,
	min: 1,
	isWhole: true,
});

export const getMany: Operation = {
	value: 'getMany',
	name: 'Get Many',
	description:
		'Get what is attached to a record: names, types, sizes and tags, without the files themselves',
	action: 'Get many attachments',
	fields: [...recordPathFields, returnAll, showWhen({ returnAll: [false] }, limit)],
	async execute(item) {
		const place = readRecordPath(item);
		const most = returnAll.read(item) ? Infinity : limit.read(item);
		const attachments = await listAttachments(item, place);
		return attachments.slice(0, most).map((json) => ({ json }));
	},
};
