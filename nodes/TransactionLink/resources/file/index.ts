import type { Resource } from '../../operation';
import { upload } from './upload.operation';

export const fileResource: Resource = {
	value: 'file',
	name: 'File',
	operations: [upload],
};
