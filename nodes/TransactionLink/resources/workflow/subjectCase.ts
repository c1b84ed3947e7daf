import { NodeApiError } from 'n8n-workflow';
import { textIn } from '../../../shared/json';
import { createCase } from '../../../shared/api/endpoints';
import type { Subject } from '../../fields/runFor';
import type { ItemContext } from '../../operation';

/**
 * The case of a run: an existing one, or one that is created now.
 *
 * @returns undefined when the run is not for a case
 * @throws NodeApiError when TransactionLink did not create the case
 */
export async function caseIdOf(item: ItemContext, subject: Subject): Promise<string | undefined> {
	if (subject.kind === 'case') return subject.caseId;
	if (subject.kind !== 'newCase') return undefined;
	const caseId = textIn((await createCase(item.client, subject.newCase)).caseId);
	if (caseId === undefined) {
		const error = new NodeApiError(
			item.context.getNode(),
			{},
			{
				message: 'TransactionLink created the case, but the response contains no ID',
				description:
					'Look for the case in the TransactionLink dashboard, and run this node for it with Run ' +
					'For set to Existing Case.',
			},
		);
		error.context.mayHaveHappened = true;
		throw error;
	}
	item.createdIds.caseId = caseId;
	return caseId;
}
