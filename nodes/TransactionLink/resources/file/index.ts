import type { Resource } from '../../operation';
import { upload } from './upload.operation';

export const fileResource: Resource = {
	value: 'file',
	name: 'File',
	description: 'A file that a case refers to as a document',
	operations: [upload],
};
