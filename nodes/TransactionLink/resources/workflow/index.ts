import type { Resource } from '../../operation';
import { getResult } from './getResult';
import { getStatus } from './getStatus';
import { runOperation } from './run';
import { startOperation } from './start';
import { wait } from './wait';

export const workflowResource: Resource = {
	value: 'workflow',
	name: 'Workflow',
	operations: [runOperation, startOperation, getStatus, getResult, wait],
};
