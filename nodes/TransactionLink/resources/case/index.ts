import type { Resource } from '../../operation';
import { create } from './create.operation';
import { get } from './get.operation';

export const caseResource: Resource = {
	value: 'case',
	name: 'Case',
	description: 'A person or a company that is onboarded',
	operations: [create, get],
};
