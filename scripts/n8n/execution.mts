import { parse } from 'flatted';

import { at, isJsonObject, textAt } from '../json.mts';

/** One item that a node put out. */
export interface OutputItem {
	json: Record<string, unknown>;
	binary?: unknown;
	pairedItem?: unknown;
	error?: unknown;
}

/** One run of a workflow, with what each node of it did. */
export interface Execution {
	id: string;
	workflowId: string;
	/** n8n's own word: "success", "error", "canceled", "running", "waiting", "new" ... */
	status: string;
	mode: string;
	/** What made the whole run end badly, or `undefined`. */
	error: string | undefined;
	/**
	 * What a node put out in its last run.
	 *
	 * @param node its name in the workflow
	 * @param output which of its outputs, counted from 0
	 * @returns nothing when the node did not run
	 */
	itemsOf(node: string, output?: number): OutputItem[];
	/** The message and the description that a node ended with, or `undefined` when it did not end badly. */
	errorOf(node: string): { message: string; description: string | undefined } | undefined;
	/** Everything n8n kept about the run, for what is not covered here. */
	data: unknown;
}

/** n8n's record of a run as its list of runs tells it. */
export interface ExecutionSummary {
	id: string;
	workflowId: string;
	status: string;
	mode: string;
}

/** What a run ends in; anything else goes on. */
const ENDED: ReadonlySet<string> = new Set(['success', 'error', 'crashed', 'canceled']);

/** Tells whether a run with this status is over. */
export function hasEnded(status: string): boolean {
	return ENDED.has(status);
}

function isOutputItem(value: unknown): value is OutputItem {
	return isJsonObject(value) && isJsonObject(value['json']);
}

// n8n keeps the data of a run as a text in which repeated objects are written once.
function unfold(kept: unknown): unknown {
	if (typeof kept !== 'string') return kept;
	const data: unknown = parse(kept);
	return data;
}

/**
 * Makes the answer of `GET /rest/executions/:id` readable.
 *
 * @param answer what n8n wraps in `data`
 * @throws when it is not a run
 */
export function readExecution(answer: unknown): Execution {
	// A text or a number, depending on the generation of n8n.
	const id = at(answer, 'id');
	const status = textAt(answer, 'status');
	if ((typeof id !== 'string' && typeof id !== 'number') || status === undefined) {
		throw new Error(`n8n's answer is not an execution: ${JSON.stringify(answer).slice(0, 200)}`);
	}
	const data = unfold(at(answer, 'data'));
	const lastRunOf = (node: string): unknown => {
		const runs = at(data, 'resultData', 'runData', node);
		return Array.isArray(runs) ? at(runs, runs.length - 1) : undefined;
	};
	return {
		id: String(id),
		workflowId: textAt(answer, 'workflowId') ?? '',
		status,
		mode: textAt(answer, 'mode') ?? '',
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
