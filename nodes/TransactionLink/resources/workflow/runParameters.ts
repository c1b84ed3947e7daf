import { NodeApiError } from 'n8n-workflow';
import {
	createParameterSet,
	parametersIdOf,
	type WorkflowParameters,
} from '../../../shared/api/endpoints';
import { parametersIdentifier, readIdentifier } from '../../fields/identifier';
import { readParameters } from '../../fields/readParameters';
import type { ItemContext } from '../../operation';

/** What the panel says about parameters: the id of a saved set, a set to save first, or nothing. */
export type Given = { saved: string } | { toSave: WorkflowParameters } | undefined;

/** Reads it for one item. @throws NodeOperationError when it cannot be sent like this */
export function readGiven(item: ItemContext): Given {
	const specified: unknown = item.context.getNodeParameter('specifyParameters', item.index, 'none');
	if (specified === 'saved') return { saved: readIdentifier(item, parametersIdentifier) };
	if (specified === 'fields' || specified === 'json') {
		return { toSave: readParameters(item, specified) };
	}
	return undefined;
}

/**
 * The id of the parameter set for a run; saves the set first where it is given as fields or JSON.
 *
 * @throws NodeApiError when it could not be saved
 */
export async function savedId(
	item: ItemContext,
	definition: string,
	given: Given,
): Promise<string | undefined> {
	if (given === undefined) return undefined;
	if ('saved' in given) return given.saved;
	const id = parametersIdOf(await createParameterSet(item.client, definition, given.toSave));
	if (id === undefined) {
		throw new NodeApiError(
			item.context.getNode(),
			{},
			{
				message: 'TransactionLink saved the parameters, and its answer does not tell their ID',
				description:
					'Save them with Parameter Set → Create, look at its output, and enter the ID in this node.',
			},
		);
	}
	item.createdIds.parametersId = id;
	return id;
}
