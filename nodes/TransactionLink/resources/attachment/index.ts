import type { Resource } from '../../operation';
import { get } from './get';
import { getMany } from './getMany';
import { upload } from './upload';

export const attachmentResource: Resource = {
	value: 'attachment',
	name: 'Attachment',
	operations: [upload, getMany, get],
};
