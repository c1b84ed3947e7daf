import type { Resource } from '../../operation';
import { getResult } from './getResult.operation';
import { getStatus } from './getStatus.operation';
import { runOperation } from './run.operation';
import { startOperation } from './start.operation';
import { wait } from './wait.operation';

export const workflowResource: Resource = {
	value: 'workflow',
	name: 'Workflow',
	description: 'Run a workflow definition, and follow its runs',
	operations: [runOperation, startOperation, getStatus, getResult, wait],
};
