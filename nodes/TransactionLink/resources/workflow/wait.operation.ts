import { readRun } from '../../../shared/api/run';
import { runIdField } from '../../fields/identifiers';
import { maxWaitField, readMaxWait } from '../../fields/waiting';
import type { Operation } from '../../operation';
import { awaitCompletion } from './completion';
import { readSimplify, simplifyField } from './simplify';

export const wait: Operation = {
	value: 'wait',
	name: 'Wait for Completion',
	description: 'Wait until a run has completed, and get its status and its result',
	action: 'Wait for completion of run',
	fields: [runIdField, maxWaitField, simplifyField],
	async execute(item) {
		const workflowId = runIdField.read(item);
		const maxWait = readMaxWait(item);
		const simplify = readSimplify(item);
		const unknown = readRun({});
		const ended = await awaitCompletion(item, unknown, workflowId, maxWait);
		return [{ json: simplify(ended) }];
	},
};
