import type { Resource } from '../../operation';
import { create } from './create';
import { send } from './send';

export const linkResource: Resource = {
	value: 'link',
	name: 'Link',
	operations: [create, send],
};
