import type { INodeProperties } from 'n8n-workflow';
import { readRecordPath, recordPathFields } from '../../fields/recordPath';
import { validationError } from '../../fields/validationError';
import type { ItemContext, Operation } from '../../operation';
import { listAttachments } from './list';

const howManyFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { returnAll: [false] } },
		description: 'Max number of results to return',
	},
];

function readLimit(item: ItemContext): number {
	if (item.context.getNodeParameter('returnAll', item.index, false) === true) return Infinity;
	const limit: unknown = item.context.getNodeParameter('limit', item.index, 50);
	if (typeof limit === 'number' && Number.isInteger(limit) && limit >= 1) return limit;
	throw validationError(
		item,
		'Limit',
		'is not a number of results',
		'Enter a whole number from 1 on, or switch Return All on',
	);
}

export const getMany: Operation = {
	value: 'getMany',
	name: 'Get Many',
	description:
		'Get what is attached to a record: names, types, sizes and tags, without the files themselves',
	action: 'Get many attachments',
	fields: [...recordPathFields, ...howManyFields],
	async execute(item) {
		const place = readRecordPath(item);
		const limit = readLimit(item);
		const attachments = await listAttachments(item, place);
		return attachments.slice(0, limit).map((json) => ({ json }));
	},
};
