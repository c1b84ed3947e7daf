import { createParameterSet, parametersIdOf } from '../../../shared/api/endpoints';
import { definitionIdField } from '../../fields/identifiers';
import { parameters, specifyParametersField } from '../../fields/parameterFields';
import type { Operation } from '../../operation';

const specifyParameters = specifyParametersField('fields', 'json');

export const create: Operation = {
	value: 'create',
	name: 'Create',
	description: 'Save a set of parameters that runs of a workflow definition can then refer to',
	action: 'Create parameter set',
	fields: [definitionIdField, specifyParameters, parameters.fields, parameters.json],
	prepare(item) {
		const definition = definitionIdField.read(item);
		const given = parameters[specifyParameters.read(item)].read(item);
		return async () => {
			const set = await createParameterSet(item.client, definition, given);
			const parametersId = parametersIdOf(set);
			if (parametersId !== undefined) item.created.parametersId = parametersId;
			// One name, whichever name the API uses.
			return [{ json: { ...set, parametersId: parametersId ?? null } }];
		};
	},
};
