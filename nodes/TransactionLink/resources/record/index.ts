import type { Resource } from '../../operation';
import { create } from './create';
import { get } from './get';

export const recordResource: Resource = {
	value: 'record',
	name: 'Record',
	operations: [create, get],
};
