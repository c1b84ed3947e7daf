import { NodeApiError } from 'n8n-workflow';
import type { Run } from '../../../shared/api/run';
import { statusInWords } from '../../../shared/contract/runStatus';
import { findResult } from '../../../shared/api/result';
import { apiVersionOption } from '../../fields/apiVersion';
import { runIdField } from '../../fields/identifiers';
import { type ItemContext, type Operation } from '../../operation';

/** Explains a missing result by the run's status. */
function explain(item: ItemContext, workflowId: string, { status, outcome }: Run): NodeApiError {
	const words = {
		pending: {
			message: `The run has no result yet: its status is ${statusInWords(status)}`,
			description:
				'Wait for it with Workflow → Wait for Completion, or use the TransactionLink Trigger.',
		},
		completed: {
			message: 'The run is completed, but TransactionLink has no result for it',
			description: 'Look at the run in the TransactionLink dashboard.',
		},
		failed: {
			message: `The run has no result, because it ended without success: its status is ${statusInWords(status)}`,
			description: 'Look at the run in the TransactionLink dashboard to see why.',
		},
	}[outcome];
	const error = new NodeApiError(item.context.getNode(), {}, words);
	Object.assign(error.context, { code: 'NO_RESULT', data: { status, workflowId } });
	return error;
}

export const getResult: Operation = {
	value: 'getResult',
	name: 'Get Result',
	description: 'Get the result of a completed run',
	action: 'Get result of run',
	fields: [runIdField],
	options: [apiVersionOption],
	prepare(item) {
		const workflowId = runIdField.read(item);
		const version = apiVersionOption.read(item);
		return async () => {
			const found = await findResult(item.client, workflowId, undefined, version);
			if ('run' in found) throw explain(item, workflowId, found.run);
			return [{ json: found.result }];
		};
	},
};
