import type { Resource } from '../../operation';
import { create } from './create.operation';

export const tokenResource: Resource = {
	value: 'token',
	name: 'Widget Token',
	description: 'Opens a definition in a widget on your own pages',
	operations: [create],
};
