import { parse } from 'flatted';

import { at, isJsonObject, textAt } from '../json.mts';

/** An output item of a node. */
export interface OutputItem {
	json: Record<string, unknown>;
	binary?: unknown;
	pairedItem?: unknown;
	error?: unknown;
}

/** An execution as n8n lists it. */
export interface ExecutionSummary {
	id: string;
	workflowId: string;
	/** n8n's own word: "success", "error", "canceled", "running", "waiting", "new" ... */
	status: string;
	mode: string;
}

/** An execution with its data. */
export interface Execution extends ExecutionSummary {
	/** The message of the error that ended it, if any. */
	error: string | undefined;
	/** The items of one of a node's outputs in its last run; none if it did not run. */
	itemsOf(node: string, output?: number): OutputItem[];
	/** The error that a node ended with, if any. */
	errorOf(node: string): { message: string; description: string | undefined } | undefined;
	/** All data, for other purposes. */
	data: unknown;
}

const ENDED = new Set(['success', 'error', 'crashed', 'canceled']);

/** Whether an execution with this status has ended. */
export function hasEnded(status: string): boolean {
	return ENDED.has(status);
}

function isOutputItem(value: unknown): value is OutputItem {
	return isJsonObject(value) && isJsonObject(value['json']);
}

/**
 * Reads the response to `GET /rest/executions/:id`.
 *
 * @throws when it is not an execution
 */
export function readExecution(response: unknown): Execution {
	// A text or a number, depending on the version of n8n.
	const id = at(response, 'id');
	const status = textAt(response, 'status');
	if ((typeof id !== 'string' && typeof id !== 'number') || status === undefined)
		throw new Error(`n8n returned no execution: ${JSON.stringify(response).slice(0, 200)}`);
	// n8n stores the data as a text in which repeated objects are written once.
	const stored = at(response, 'data');
	const data: unknown = typeof stored === 'string' ? parse(stored) : stored;
	const lastRunOf = (node: string): unknown => {
		const runs = at(data, 'resultData', 'runData', node);
		return Array.isArray(runs) ? runs.at(-1) : undefined;
	};
	return {
		id: String(id),
		workflowId: textAt(response, 'workflowId') ?? '',
		status,
		mode: textAt(response, 'mode') ?? '',
		error: textAt(data, 'resultData', 'error', 'message'),
		itemsOf(node, output = 0) {
			const items = at(lastRunOf(node), 'data', 'main', output);
			return Array.isArray(items) ? items.filter(isOutputItem) : [];
		},
		errorOf(node) {
			const error = at(lastRunOf(node), 'error');
			const message = textAt(error, 'message');
			return message === undefined
				? undefined
				: { message, description: textAt(error, 'description') };
		},
		data,
	};
}
