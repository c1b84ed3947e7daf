import type { Resource } from '../../operation';
import { get } from './get.operation';
import { getMany } from './getMany.operation';
import { upload } from './upload.operation';

export const attachmentResource: Resource = {
	value: 'attachment',
	name: 'Attachment',
	operations: [upload, getMany, get],
};
