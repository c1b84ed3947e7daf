import type { Resource } from '../../operation';
import { create } from './create.operation';
import { send } from './send.operation';

export const linkResource: Resource = {
	value: 'link',
	name: 'Link',
	description: 'A single-use address where the end user takes the steps of a definition',
	operations: [create, send],
};
