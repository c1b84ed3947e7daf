import type { Resource } from '../../operation';
import { create } from './create.operation';
import { get } from './get.operation';

export const recordResource: Resource = {
	value: 'record',
	name: 'Record',
	description: 'A row in a table of TransactionLink',
	operations: [create, get],
};
