import { NodeApiError } from 'n8n-workflow';
import {
	createParameterSet,
	parametersIdOf,
	type WorkflowParameters,
} from '../../../shared/api/endpoints';
import { showWhen, type Field } from '../../../shared/fields/field';
import { parametersIdField } from '../../fields/identifiers';
import { parameters, specifyParametersField } from '../../fields/parameterFields';
import type { ItemContext } from '../../operation';

const specifyParameters = specifyParametersField('none', 'saved', 'fields', 'json');

/** How the parameters of a run are given, and the fields of each way. */
export const runParameterFields: ReadonlyArray<Field<unknown>> = [
	specifyParameters,
	showWhen({ specifyParameters: ['saved'] }, parametersIdField),
	parameters.fields,
	parameters.json,
];

/** Parameters as they are given: the ID of a saved set, a set to save first, or nothing. */
export type Given = { saved: string } | { toSave: WorkflowParameters } | undefined;

/** Reads them for one item. @throws NodeOperationError when they cannot be sent */
export function readGiven(item: ItemContext): Given {
	const specified = specifyParameters.read(item);
	if (specified === 'none') return undefined;
	if (specified === 'saved') return { saved: parametersIdField.read(item) };
	return { toSave: parameters[specified].read(item) };
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
		const error = new NodeApiError(
			item.context.getNode(),
			{},
			{
				message: 'TransactionLink saved the parameters, but the response contains no ID',
				description:
					'Save them with Parameter Set → Create, look at its output, and enter the ID in this node.',
			},
		);
		error.context.mayHaveHappened = true;
		throw error;
	}
	item.createdIds.parametersId = id;
	return id;
}
