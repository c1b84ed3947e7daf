import { NodeApiError, type IDataObject } from 'n8n-workflow';
import { runOutput, type Run } from '../../../shared/api/run';
import type { Waiting } from '../../fields/waiting';
import type { ItemContext } from '../../operation';
import { awaitCompletion } from './completion';

/**
 * The output of an operation that started a run: the response, or, where the user wants to wait, the run's last status
 * and its result.
 *
 * @param waiting nothing to not wait. A run whose response contains a link for the end user is not waited for: the link
 *   has to come out before its steps can be taken.
 * @throws NodeApiError when the response contains no ID, and as `awaitCompletion`
 */
export async function startedRun(
	item: ItemContext,
	started: Run,
	waiting: Waiting | undefined,
): Promise<IDataObject> {
	const workflowId = started.id;
	if (workflowId === undefined) {
		const error = new NodeApiError(
			item.context.getNode(),
			{},
			{
				message: 'TransactionLink started the run, but the response contains no ID',
				description:
					'Look for the run in the TransactionLink dashboard before you run this item again.',
			},
		);
		error.context.mayHaveHappened = true;
		throw error;
	}
	item.createdIds.workflowId = workflowId;
	const output = runOutput(started, workflowId);
	if (waiting === undefined) return output;
	if (typeof started.fields.link === 'string') {
		item.context.addExecutionHints({
			message:
				'The run was not waited for, because its link has to reach the end user first: send it, ' +
				'and wait with Workflow → Wait for Completion or the TransactionLink Trigger',
			location: 'outputPane',
		});
		return output;
	}
	// What the start alone tells (a link, say) stays; what is known later counts more.
	return { ...output, ...(await awaitCompletion(item, started, workflowId, waiting)) };
}
