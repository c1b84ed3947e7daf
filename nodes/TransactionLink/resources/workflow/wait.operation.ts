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
	description:
		'Wait until a run has ended, and get its status and result. If the run fails, so does the item.',
	action: 'Wait for completion of run',
	builderHint: 'For runs of minutes. For hours or days, use the trigger.',
	fields: [runIdField, maxWaitField, simplifyField],
	options: [apiVersionOption, failWhenRunFails],
	prepare(item) {
		const workflowId = runIdField.read(item);
		const waiting = readWaiting(item);
		const simplify = readSimplify(item);
		const unknown = readRun({}, apiVersionOption.read(item));
		return async () => {
			const ended = await awaitCompletion(item, unknown, workflowId, waiting);
			return [{ json: simplify(ended) }];
		};
	},
};
