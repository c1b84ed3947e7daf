import { randomUUID } from 'node:crypto';
import { json } from '../answer.mts';
import { objectOf } from '../fields.mts';
import { checkParameters, definitionIn } from './lookups.mts';
import type { Handler } from '../handler.mts';

/** `POST /parameters`: saves parameters for runs of one definition. */
export const createParameterSet: Handler = ({ body }, { state, settings }) => {
	const definition = definitionIn(body);
	const parameters = objectOf(body, 'parameters');
	checkParameters(definition, parameters);
	const id = randomUUID();
	state.parameterSets.set(id, { id, workflowDefinitionId: definition.id, parameters });
	return json(201, {
		[settings.current.parametersIdField]: id,
		workflowDefinitionId: definition.id,
		parameters,
	});
};
