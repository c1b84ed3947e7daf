import { readRun } from '../../../shared/api/run';
import { apiVersionOption } from '../../fields/apiVersion';
import { runIdField } from '../../fields/identifiers';
import { failWhenRunFails, maxWaitField, readWaiting } from '../../fields/waiting';
import type { Operation } from '../../operation';
import { awaitCompletion } from './completion';
import { readSimplify, simplifyField } from './simplify';

export const wait: Operation = {
	value: 'wait',
	name: 'Wait for Completion',
	description: 'Wait until a run has completed, and get its status and its result',
	action: 'Wait for completion of run',
	fields: [runIdField, maxWaitField, simplifyField],
	options: [apiVersionOption, failWhenRunFails],
	async execute(item) {
		const workflowId = runIdField.read(item);
		const waiting = readWaiting(item);
		const simplify = readSimplify(item);
		const unknown = readRun({}, apiVersionOption.read(item));
		const ended = await awaitCompletion(item, unknown, workflowId, waiting);
		return [{ json: simplify(ended) }];
	},
};
