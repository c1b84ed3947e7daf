import type { Resource } from '../../operation';
import { getResult } from './getResult';
import { getStatus } from './getStatus';
import { run } from './run';
import { wait } from './wait';

export const workflowResource: Resource = {
	value: 'workflow',
	name: 'Workflow',
	operations: [run, getStatus, getResult, wait],
};
