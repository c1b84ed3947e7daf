import type { Resource } from '../../operation';
import { create } from './create.operation';

export const parametersResource: Resource = {
	value: 'parameters',
	name: 'Parameter Set',
	operations: [create],
};
