import type { Resource } from '../../operation';
import { create } from './create.operation';
import { get } from './get.operation';

export const recordResource: Resource = {
	value: 'record',
	name: 'Record',
	operations: [create, get],
};
