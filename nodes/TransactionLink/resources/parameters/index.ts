import type { Resource } from '../../operation';
import { create } from './create.operation';

export const parametersResource: Resource = {
	value: 'parameters',
	name: 'Parameter Set',
	description: 'Values for a workflow definition, saved for its runs',
	operations: [create],
};
