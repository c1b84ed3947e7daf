import { identifierField, readIdentifier, workflowIdentifier } from '../../fields/identifier';
import { maxWaitField, readMaxWait } from '../../fields/waiting';
import type { Operation } from '../../operation';
import { getWorkflow } from '../../../shared/calls';
import { awaitCompletion } from './completion';

export const wait: Operation = {
	value: 'wait',
	name: 'Wait for Completion',
	description: 'Wait until a run has completed, and get its status and its result',
	action: 'Wait for completion of a run',
	fields: [identifierField(workflowIdentifier), maxWaitField],
	async run(item) {
		const workflowId = readIdentifier(item, workflowIdentifier);
		const maxWait = readMaxWait(item);
		const seen = await getWorkflow(item.connection, workflowId);
		return [{ json: await awaitCompletion(item, seen, workflowId, maxWait) }];
	},
};
