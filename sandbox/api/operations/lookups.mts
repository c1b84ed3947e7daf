import { findDefinition } from '../../definitions.mts';
import { textOf, requiredTextOf } from '../fields.mts';
import { orNotFound, apiError } from '../error.mts';
import { checkParameters } from '../parameters.mts';
import type { SampleDefinition } from '../../definitions.mts';
import type { Run, State, Subject } from '../../state.mts';

/** The definition of a body's ID. Throws a 404 error for an unknown one. */
export function definitionIn(body: unknown): SampleDefinition {
	const id = requiredTextOf(body, 'workflowDefinitionId');
	return orNotFound(findDefinition(id), 'workflow definition', id);
}

/** The case or record of a body's ID, if there is one. Throws a 404 error for an unknown one. */
export function subjectIn(body: unknown, state: State): Subject {
	const caseId = textOf(body, 'caseId');
	const recordId = textOf(body, 'recordId');
	if (caseId !== undefined)
		return { caseId: orNotFound(state.cases.get(caseId), 'case', caseId).caseId };
	if (recordId !== undefined)
		return { recordId: orNotFound(state.records.get(recordId), 'record', recordId).id };
	return {};
}

/**
 * The saved parameters of a body's ID, or none. They must contain the definition's required ones.
 *
 * Throws API errors: 404 for an unknown set, 400 for one of another definition or with missing parameters.
 */
export function savedParametersIn(
	body: unknown,
	definition: SampleDefinition,
	state: State,
): Record<string, unknown> {
	const id = textOf(body, 'parametersId');
	const set =
		id === undefined ? undefined : orNotFound(state.parameterSets.get(id), 'parameter set', id);
	if (set !== undefined && set.workflowDefinitionId !== definition.id) {
		throw apiError(
			400,
			'wrong_parameters',
			`The parameter set ${set.id} belongs to another workflow definition.`,
		);
	}
	const parameters = set?.parameters ?? {};
	checkParameters(definition, parameters);
	return parameters;
}

/** The run with this ID. Throws a 404 error for an unknown one. */
export function runWithId(id: string, state: State): Run {
	return orNotFound(state.runs.get(id), 'workflow', id);
}
