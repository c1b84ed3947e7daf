import { textIn } from '../../../shared/json';
import { createCase } from '../../../shared/api/endpoints';
import type { Subject } from '../../fields/runFor';
import type { ItemContext } from '../../operation';
import { withoutId } from './withoutId';

/**
 * The case of a run: an existing one, or one that is created now.
 *
 * @returns undefined when the run is not for a case
 * @throws NodeApiError when TransactionLink did not create the case
 */
export async function createCaseIfNew(
	item: ItemContext,
	subject: Subject,
): Promise<string | undefined> {
	if (subject.kind === 'case') return subject.caseId;
	if (subject.kind !== 'newCase') return undefined;
	const caseId = textIn((await createCase(item.client, subject.newCase)).caseId);
	if (caseId === undefined) {
		throw withoutId(
			item,
			'created the case',
			'Look for the case in the TransactionLink dashboard, and set Run For to Existing Case with this Case ID.',
		);
	}
	item.created.caseId = caseId;
	return caseId;
}
