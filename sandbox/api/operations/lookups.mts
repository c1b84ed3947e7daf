import { findDefinition } from '../../definitions.mts';
import { textOf, requiredTextOf } from '../fields.mts';
import { Refusal, found, refusal } from '../refusal.mts';
import type { SampleDefinition } from '../../definitions.mts';
import type { Run, State, Subject } from '../../state.mts';

/** The definition that a body names. Throws a 404 refusal. */
export function definitionIn(body: unknown): SampleDefinition {
	const id = requiredTextOf(body, 'workflowDefinitionId');
	return found(findDefinition(id), 'workflow definition', id);
}

/** The case or record that a body names, if it names one. Throws a 404 refusal for one that does not exist. */
export function subjectIn(body: unknown, state: State): Subject {
	const caseId = textOf(body, 'caseId');
	const recordId = textOf(body, 'recordId');
	if (caseId !== undefined)
		return { caseId: found(state.cases.get(caseId), 'case', caseId).caseId };
	if (recordId !== undefined)
		return { recordId: found(state.records.get(recordId), 'record', recordId).id };
	return {};
}

/** Refuses parameters that lack what the definition needs; one error for each. */
export function checkParameters(
	definition: SampleDefinition,
	parameters: Record<string, unknown>,
): void {
	const missing = definition.requiredNumbers.filter((name) => typeof parameters[name] !== 'number');
	if (missing.length === 0) return;
	throw new Refusal(
		400,
		missing.map((name) => ({
			code: name in parameters ? 'invalid_parameter' : 'missing_parameter',
			message: `The definition ${definition.name} needs the parameter ${name}, a number.`,
		})),
	);
}

/**
 * The saved parameters that a body names, or none; what the definition needs must be among them.
 *
 * Throws refusals: 404 for a set that does not exist, 400 for one of another definition or with something missing.
 */
export function savedParametersIn(
	body: unknown,
	definition: SampleDefinition,
	state: State,
): Record<string, unknown> {
	const id = textOf(body, 'parametersId');
	const set =
		id === undefined ? undefined : found(state.parameterSets.get(id), 'parameter set', id);
	if (set !== undefined && set.workflowDefinitionId !== definition.id) {
		throw refusal(
			400,
			'wrong_parameters',
			`The parameter set ${set.id} belongs to another workflow definition.`,
		);
	}
	const parameters = set?.parameters ?? {};
	checkParameters(definition, parameters);
	return parameters;
}

/** The run with this id. Throws a 404 refusal. */
export function runWithId(id: string, state: State): Run {
	return found(state.runs.get(id), 'workflow', id);
}
