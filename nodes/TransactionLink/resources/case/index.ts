import type { Resource } from '../../operation';
import { create } from './create';
import { get } from './get';

export const caseResource: Resource = {
	value: 'case',
	name: 'Case',
	operations: [create, get],
};
