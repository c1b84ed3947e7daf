import { NodeApiError, type IDataObject } from 'n8n-workflow';
import { idIn } from '../../../shared/ask';
import type { Run } from '../../../shared/calls';
import type { Item } from '../../operation';
import { awaitCompletion } from './completion';

/**
 * What an operation that started a run puts out: the answer as it came, or, where the person wants to wait, the
 * run's last status and its result.
 *
 * @param maxWait in milliseconds; nothing to not wait
 * @throws NodeApiError when the answer does not tell the run's id, and as `awaitCompletion`
 */
export async function settled(
	item: Item,
	started: Run,
	maxWait: number | undefined,
): Promise<IDataObject> {
	const workflowId = idIn(started.fields.id);
	if (workflowId === undefined) {
		throw new NodeApiError(item.context.getNode(), {}, {
			message: 'TransactionLink started the run, and its answer does not tell its ID',
			description: 'Look for the run in the TransactionLink dashboard before you run this item again.',
		});
	}
	item.made.workflowId = workflowId;
	if (maxWait === undefined) return started.fields;
	// What the start alone tells (a link, say) stays; what is known later counts more.
	return { ...started.fields, ...(await awaitCompletion(item, started, workflowId, maxWait)) };
}
