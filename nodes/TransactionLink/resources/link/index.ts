import type { Resource } from '../../operation';
import { create } from './create.operation';
import { send } from './send.operation';

export const linkResource: Resource = {
	value: 'link',
	name: 'Link',
	operations: [create, send],
};
