import type { Resource } from '../../operation';
import { get } from './get.operation';
import { getMany } from './getMany.operation';
import { upload } from './upload.operation';

export const attachmentResource: Resource = {
	value: 'attachment',
	name: 'Attachment',
	description: 'A file that is attached to a record',
	operations: [upload, getMany, get],
};
