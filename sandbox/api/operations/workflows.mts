import { randomUUID } from 'node:crypto';
import { json } from '../response.mts';
import { objectOf, requiredTextOf, textOf } from '../fields.mts';
import { definitionIn, runWithId, savedParametersIn, subjectIn } from './lookups.mts';
import { checkParameters } from '../parameters.mts';
import { resultOf, isCompleted } from '../../runs.mts';
import { apiError } from '../error.mts';
import { SAMPLE_WORKSPACE } from '../../definitions.mts';
import { inviteToExecution } from './links.mts';
import type { Handler, Sandbox } from '../../sandbox.mts';
import type { NewRun } from '../../runs.mts';
import type { Settings } from '../../settings.mts';
import type { Run, State } from '../../state.mts';
import type { ApiResponse } from '../response.mts';

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

/** `POST /workflows/run`: runs a definition without a step for the end user. */
export const runWorkflow: Handler = ({ body }, { state, runs }) => {
	const definition = definitionIn(body);
	const subject = subjectIn(body, state);
	if (definition.endUserStep) {
		throw apiError(
			400,
			'end_user_step',
			`The definition ${definition.name} has a step for the end user: make a link for it.`,
		);
	}
	const parameters = savedParametersIn(body, definition, state);
	const run = runs.start({ definition, kind: 'run', subject, parameters });
	return json(200, { id: run.id, ...run.subject, status: run.status });
};

/** Whether less than this time has passed since a moment. */
function isWithin(milliseconds: number, since: string): boolean {
	return Date.now() - Date.parse(since) < milliseconds;
}

/** The run, unless it is still unknown by the settings. */
function knownRun(id: string, state: State, { runUnknownMs }: Settings): Run {
	const run = runWithId(id, state);
	if (!isWithin(runUnknownMs, run.createdAt)) return run;
	throw apiError(404, 'workflow_not_found', `There is no workflow ${id}.`);
}

/** Whether the result of a run is available. */
function hasResult(run: Run, { resultDelayMs }: Settings): boolean {
	return isCompleted(run) && !isWithin(resultDelayMs, run.changedAt);
}

/** `GET /workflows/{workflowId}`: the status of a run or an execution. */
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

/** Whether `/result` returns a result; for an execution, that depends on the settings. */
function hasResultEndpoint(run: Run, { executionResult }: Settings): boolean {
	return run.kind === 'run' || executionResult === 'endpoint';
}

function earlyResult(run: Run, how: Settings['earlyResult']): ApiResponse {
	if (how === 'empty')
		return { status: 200, headers: { 'content-type': 'application/json' }, body: '' };
	throw apiError(
		how,
		'result_not_available',
		`The workflow ${run.id} is ${run.status}; there is no result.`,
	);
}

/** `GET /workflows/{workflowId}/result`: the result of a completed run. */
export const getWorkflowResult: Handler = (
	{ parameters: { workflowId = '' } },
	{ state, settings },
) => {
	const run = runWithId(workflowId, state);
	if (!hasResultEndpoint(run, settings.current)) {
		throw apiError(404, 'not_found', `The workflow ${run.id} has no result at this address.`);
	}
	return hasResult(run, settings.current)
		? json(200, resultOf(run, state))
		: earlyResult(run, settings.current.earlyResult);
};

/** An execution in the form of TransactionLink's example. */
function executionBody(run: Run): Record<string, unknown> {
	return {
		id: run.id,
		workspaceId: SAMPLE_WORKSPACE.id,
		workflowDefinitionId: run.definition.id,
		...run.subject,
		parameters: run.parameters,
		name: run.definition.name,
		origin: 'API',
		revision: 1,
		status: run.status,
		locale: run.locale,
		expiresAt: run.expiresAt,
		uiOptions: {},
		executionType: run.definition.endUserStep ? 'INTERACTIVE' : 'BACKGROUND',
		executionVersion: 'V3',
		...(run.link === undefined ? {} : { link: run.link, token: run.token }),
	};
}

const MINUTE_MS = 60_000;
const SOONEST_EXPIRY_MS = 30 * MINUTE_MS;
const LATEST_EXPIRY_MS = 30 * 24 * 60 * MINUTE_MS;

/** Rejects an expiry that is less than 30 minutes or more than 30 days ahead. */
function checkExpiry(expiresAt: string | undefined): void {
	if (expiresAt === undefined) return;
	const ahead = Date.parse(expiresAt) - Date.now();
	if (ahead >= SOONEST_EXPIRY_MS && ahead <= LATEST_EXPIRY_MS) return;
	throw apiError(400, 'invalid_expiry', 'expiresAt must be 30 minutes to 30 days ahead.');
}

const inTime = (milliseconds: number): string => new Date(Date.now() + milliseconds).toISOString();

/** Starts an execution. With a step for the end user, it contains a link and waits for it. */
export function startExecution(
	{ expiresAt, ...execution }: Omit<NewRun, 'kind'>,
	sandbox: Sandbox,
): Run {
	const run = sandbox.runs.start({
		...execution,
		kind: 'execution',
		expiresAt: expiresAt ?? inTime(sandbox.settings.current.executionLifetimeMs),
	});
	if (run.definition.endUserStep) {
		const { link, token } = inviteToExecution(run, sandbox);
		Object.assign(run, { link, token });
	}
	return run;
}

/** `POST /workflows`: starts an execution. With a step for the end user, it returns a link and waits for it. */
export const startWorkflow: Handler = ({ body }, sandbox) => {
	const definition = definitionIn(body);
	const subject = subjectIn(body, sandbox.state);
	const parameters = objectOf(body, 'parameters');
	const expiresAt = textOf(body, 'expiresAt');
	checkParameters(definition, parameters);
	checkExpiry(expiresAt);
	const locale = requiredTextOf(body, 'locale');
	const execution = { definition, subject, parameters, locale };
	const started = { ...execution, ...(expiresAt === undefined ? {} : { expiresAt }) };
	return json(200, executionBody(startExecution(started, sandbox)));
};
