import {
	createParameterSet,
	parametersIdOf,
	type WorkflowParameters,
} from '../../../shared/api/endpoints';
import { showWhen, type Field } from '../../../shared/fields/field';
import { parametersIdField } from '../../fields/identifiers';
import { parameters, specifyParametersField } from '../../fields/parameterFields';
import type { ItemContext } from '../../operation';
import { withoutId } from './withoutId';

const specifyParameters = specifyParametersField('none', 'saved', 'fields', 'json');

/** The choice of how parameters are specified, and the fields of each choice. */
export const runParameterFields: ReadonlyArray<Field<unknown>> = [
	specifyParameters,
	showWhen({ specifyParameters: ['saved'] }, parametersIdField),
	parameters.fields,
	parameters.json,
];

/** The specified parameters: the ID of a saved set, a set to save first, or none. */
export type Given = { saved: string } | { toSave: WorkflowParameters } | undefined;

/** Reads the parameters of one item. @throws NodeOperationError when they are invalid */
export function readGiven(item: ItemContext): Given {
	const specified = specifyParameters.read(item);
	if (specified === 'none') return undefined;
	if (specified === 'saved') return { saved: parametersIdField.read(item) };
	return { toSave: parameters[specified].read(item) };
}

/**
 * The ID of the parameter set for a run; saves the set first if it is specified as fields or JSON.
 *
 * @throws NodeApiError when TransactionLink did not save it
 */
export async function saveParametersIfNew(
	item: ItemContext,
	definition: string,
	given: Given,
): Promise<string | undefined> {
	if (given === undefined) return undefined;
	if ('saved' in given) return given.saved;
	const id = parametersIdOf(await createParameterSet(item.client, definition, given.toSave));
	if (id === undefined) {
		throw withoutId(
			item,
			'saved the parameters',
			'Save them with Parameter Set → Create, look at its output, and enter the ID in this node.',
		);
	}
	item.created.parametersId = id;
	return id;
}
