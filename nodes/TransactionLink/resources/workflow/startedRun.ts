import type { IDataObject } from 'n8n-workflow';
import { runOutput, type Run } from '../../../shared/api/run';
import type { Waiting } from '../../fields/waiting';
import type { ItemContext } from '../../operation';
import { awaitCompletion } from './completion';
import { withoutId } from './withoutId';

/**
 * The output of an operation that started a run: the response, or, if the user wants to wait, the run's last status
 * and its result.
 *
 * @param waiting undefined to not wait. The node does not wait for a run with a link for the end user, because the
 *   end user needs the link from the output first.
 * @throws NodeApiError when the response contains no ID, or as `awaitCompletion`
 */
export async function startedRun(
	item: ItemContext,
	started: Run,
	waiting: Waiting | undefined,
): Promise<IDataObject> {
	const workflowId = started.id;
	if (workflowId === undefined) {
		throw withoutId(
			item,
			'started the run',
			'Look for the run in the TransactionLink dashboard before you run this item again.',
		);
	}
	item.created.workflowId = workflowId;
	const output = runOutput(started, workflowId);
	if (waiting === undefined) return output;
	if (typeof started.fields.link === 'string') {
		item.note(
			'The node did not wait, because the end user needs the link first: send it, then use ' +
				'Workflow → Wait for Completion or the TransactionLink Trigger',
		);
		return output;
	}
	// Fields that only the start returns (such as a link) stay; later values replace earlier ones.
	return { ...output, ...(await awaitCompletion(item, started, workflowId, waiting)) };
}
