import { createParameterSet, parametersIdOf } from '../../../shared/api/endpoints';
import { definitionIdentifier, identifierField, readIdentifier } from '../../fields/identifier';
import { parameterFields } from '../../fields/parameterFields';
import { readParameters } from '../../fields/readParameters';
import type { Operation } from '../../operation';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	description: 'Save a set of parameters that runs of a workflow definition can then refer to',
	action: 'Create parameter set',
	fields: [identifierField(definitionIdentifier), ...parameterFields(['fields', 'json'])],
	async execute(item) {
		const definition = readIdentifier(item, definitionIdentifier);
		const specified = item.context.getNodeParameter('specifyParameters', item.index, 'fields');
		const parameters = readParameters(item, specified === 'json' ? 'json' : 'fields');
		const set = await createParameterSet(item.client, definition, parameters);
		const parametersId = parametersIdOf(set);
		if (parametersId !== undefined) item.createdIds.parametersId = parametersId;
		// Under one name, whichever the API used for it.
		return [{ json: { ...set, parametersId: parametersId ?? null } }];
	},
};
