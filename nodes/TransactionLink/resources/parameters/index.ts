import type { Resource } from '../../operation';
import { create } from './create';

export const parametersResource: Resource = {
	value: 'parameters',
	name: 'Parameter Set',
	operations: [create],
};
