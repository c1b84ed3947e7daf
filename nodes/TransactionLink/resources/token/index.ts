import type { Resource } from '../../operation';
import { create } from './create.operation';

export const tokenResource: Resource = {
	value: 'token',
	name: 'Widget Token',
	operations: [create],
};
