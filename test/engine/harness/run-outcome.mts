import {
	jsonParse,
	jsonStringify,
	UnexpectedError,
	type ExecutionStatus,
	type IDataObject,
	type INodeExecutionData,
	type IRunData,
} from 'n8n-workflow';

/** An error as n8n shows it in an execution. */
export interface ShownError {
	name: string;
	message: string;
	description: string | undefined;
	httpCode: string | undefined;
	context: IDataObject;
	/** The whole error as n8n saves it. */
	json: IDataObject;
}

/** The outcome of a node. */
export interface RunOutcome {
	status: ExecutionStatus;
	/** The items of each output; with `continueErrorOutput` the last output contains the failed items. */
	output: INodeExecutionData[][];
	/** The messages of its execution hints. */
	hints: string[];
	/** The error that stopped the execution; undefined when the node continued. */
	error?: ShownError;
}

/** The parts of n8n's result that contain the outcome. */
export interface ResultData {
	runData: IRunData;
	error?: unknown;
}

/**
 * Converts n8n's result to the outcome of one node.
 *
 * @param nodeName the name of that node
 */
export function describeOutcome(
	status: ExecutionStatus,
	{ runData, error }: ResultData,
	nodeName: string,
): RunOutcome {
	const lastRun = runData[nodeName]?.at(-1);
	const output = (lastRun?.data?.['main'] ?? []).map((items) => items ?? []);
	const hints = (lastRun?.hints ?? []).map(({ message }) => message);
	return { status, output, hints, ...(error === undefined ? {} : { error: describeError(error) }) };
}

/**
 * Returns the error that stopped a run, for tests that expect one.
 *
 * @throws when no error stopped the run
 */
export function errorOf({ error, status }: RunOutcome): ShownError {
	if (error === undefined)
		throw new UnexpectedError(`The run ended as "${status}", without an error`);
	return error;
}

/** Converts a thrown value to the error that n8n shows. */
export function describeError(error: unknown): ShownError {
	const thrown =
		error instanceof Error ? { ...error, name: error.name, message: error.message } : error;
	// n8n's format for saved executions allows circular references; JSON does not.
	const json = jsonParse<IDataObject>(jsonStringify(thrown, { replaceCircularRefs: true }));
	const { name, message, description, httpCode, context } = json;
	return {
		name: textOr(name, 'Error'),
		message: textOr(message, String(error)),
		description: textOr(description, undefined),
		httpCode: textOr(httpCode, undefined),
		context: isObject(context) ? context : {},
		json,
	};
}

function textOr<Fallback>(value: unknown, fallback: Fallback): string | Fallback {
	return typeof value === 'string' ? value : fallback;
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
