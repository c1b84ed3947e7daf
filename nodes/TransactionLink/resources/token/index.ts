import type { Resource } from '../../operation';
import { create } from './create';

export const tokenResource: Resource = {
	value: 'token',
	name: 'Widget Token',
	operations: [create],
};
