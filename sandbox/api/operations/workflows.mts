import { resultOf, isCompleted } from '../../runs.mts';
import { json } from '../answer.mts';
import { refusal } from '../refusal.mts';
import { executionBody } from './execution-body.mts';
import { definitionIn, runWithId, savedParametersIn, subjectIn } from './lookups.mts';
import type { Settings } from '../../settings.mts';
import type { Run, State } from '../../state.mts';
import type { Answer } from '../answer.mts';
import type { Handler } from '../handler.mts';

/** `POST /workflows/run`: runs a definition without a step for the end user. */
export const runWorkflow: Handler = ({ body }, { state, runs }) => {
	const definition = definitionIn(body);
	const subject = subjectIn(body, state);
	if (definition.endUserStep) {
		throw refusal(
			400,
			'end_user_step',
			`The definition ${definition.name} has a step for the end user: make a link for it.`,
		);
	}
	const parameters = savedParametersIn(body, definition, state);
	const run = runs.start({ definition, kind: 'run', subject, parameters });
	return json(200, { id: run.id, ...run.subject, status: run.status });
};

/** Whether so little time has passed since a moment that something may not be there yet. */
function isWithin(milliseconds: number, since: string): boolean {
	return Date.now() - Date.parse(since) < milliseconds;
}

/** The run, unless it was started only a moment ago, where the settings have it so. */
function knownRun(id: string, state: State, { runUnknownMs }: Settings): Run {
	const run = runWithId(id, state);
	if (!isWithin(runUnknownMs, run.createdAt)) return run;
	throw refusal(404, 'workflow_not_found', `There is no workflow ${id}.`);
}

/** Whether a run has its result by now. */
function hasResult(run: Run, { resultDelayMs }: Settings): boolean {
	return isCompleted(run) && !isWithin(resultDelayMs, run.changedAt);
}

/** `GET /workflows/{workflowId}`: how a run or an execution stands. */
export const getWorkflow: Handler = ({ parameters: { workflowId = '' } }, { state, settings }) => {
	const run = knownRun(workflowId, state, settings.current);
	if (run.kind === 'run') return json(200, { id: run.id, ...run.subject, status: run.status });
	const withResult =
		settings.current.executionResult === 'field' && hasResult(run, settings.current);
	return json(200, {
		...executionBody(run),
		...(withResult ? { result: resultOf(run, state) } : {}),
	});
};

/** Whether a result is to be had from `/result`; of an execution only if the settings have it so. */
function hasResultEndpoint(run: Run, { executionResult }: Settings): boolean {
	return run.kind === 'run' || executionResult === 'endpoint';
}

function earlyResult(run: Run, how: Settings['earlyResult']): Answer {
	if (how === 'empty')
		return { status: 200, headers: { 'content-type': 'application/json' }, body: '' };
	throw refusal(
		how,
		'result_not_available',
		`The workflow ${run.id} is ${run.status}; there is no result.`,
	);
}

/** `GET /workflows/{workflowId}/result`: what a completed run yielded. */
export const getWorkflowResult: Handler = (
	{ parameters: { workflowId = '' } },
	{ state, settings },
) => {
	const run = runWithId(workflowId, state);
	if (!hasResultEndpoint(run, settings.current)) {
		throw refusal(404, 'not_found', `The workflow ${run.id} has no result at this address.`);
	}
	return hasResult(run, settings.current)
		? json(200, resultOf(run, state))
		: earlyResult(run, settings.current.earlyResult);
};
