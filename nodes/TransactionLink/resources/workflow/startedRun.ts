import { NodeApiError, type IDataObject } from 'n8n-workflow';
import type { Run } from '../../../shared/api/run';
import type { ItemContext } from '../../operation';
import { awaitCompletion } from './completion';

/**
 * What an operation that started a run puts out: the answer as it came, or, where the person wants to wait, the
 * run's last status and its result.
 *
 * @param maxWait in milliseconds; nothing to not wait. A run that answers a link for the end user is not waited for:
 *   nobody could go through its steps before the link came out.
 * @throws NodeApiError when the response contains no ID, and as `awaitCompletion`
 */
export async function startedRun(
	item: ItemContext,
	started: Run,
	maxWait: number | undefined,
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
	if (maxWait === undefined) return started.fields;
	if (typeof started.fields.link === 'string') {
		item.context.addExecutionHints({
			message:
				'The run was not waited for, because its link has to reach the end user first: send it, ' +
				'and wait with Workflow → Wait for Completion or the TransactionLink Trigger',
			location: 'outputPane',
		});
		return started.fields;
	}
	// What the start alone tells (a link, say) stays; what is known later counts more.
	return { ...started.fields, ...(await awaitCompletion(item, started, workflowId, maxWait)) };
}
