import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';
import { asText, lines } from '../../shared/contract/description';
import { nouns, type Noun } from '../../shared/contract/nouns';
import { isJsonObject } from '../../shared/json';
import type { Created } from '../operation';

/** The error that n8n shows for a failed node. */
export type ItemError = NodeApiError | NodeOperationError;

const knownNouns: Readonly<Record<string, Noun>> = nouns;

/** How many other items a description names before it counts the remaining ones. */
const NAMED_ITEMS = 5;

/** Converts what an operation threw to one of n8n's errors. */
export function asNodeError(node: INode, thrown: unknown): ItemError {
	if (thrown instanceof NodeApiError || thrown instanceof NodeOperationError) return thrown;
	return new NodeOperationError(node, thrown instanceof Error ? thrown : String(thrown));
}

function listed(created: Created): string {
	return Object.entries(created)
		.map(([name, id]) => `${knownNouns[name]?.one ?? name} ${id}`)
		.join(', ');
}

/** How to continue with the created IDs: running the item again unchanged would create them twice. */
function howToContinue({ context }: ItemError, created: Created): string {
	const { workflowId, caseId, parametersId } = created;
	const settings = [
		caseId === undefined ? '' : 'Run For to Existing Case with this Case ID',
		parametersId === undefined
			? ''
			: 'Specify Parameters to Saved Parameter Set with this Parameter Set ID',
	].filter(Boolean);
	const setting = `set ${settings.join(', and ')}`;
	// The description begins with what to check first.
	if (context.mayHaveHappened === true) {
		return settings.length === 0 || workflowId !== undefined
			? ''
			: `If the last request did not succeed, ${setting}, then run this item again.`;
	}
	if (context.runHasEnded === true) {
		return settings.length === 0
			? 'To check again, run this item again.'
			: `To check again, ${setting}, then run this item again.`;
	}
	if (workflowId !== undefined) {
		return (
			'To continue, use Workflow → Wait for Completion with this Run ID. ' +
			'Running this item again starts a second run.'
		);
	}
	return settings.length === 0 ? '' : `To continue, ${setting}, then run this item again.`;
}

function isSomething(created: Created): boolean {
	return Object.keys(created).length > 0;
}

function addData(error: ItemError, data: IDataObject): void {
	error.context.data = { ...(isJsonObject(error.context.data) ? error.context.data : {}), ...data };
}

/**
 * Adds the item and its created IDs to an error: to its data, and to the first line of its description (the second if
 * the first says what to check).
 */
export function withItem(error: ItemError, index: number, created: Created): ItemError {
	error.context.itemIndex = index;
	if (!isSomething(created)) return error;
	// Run again unchanged, the item would create them twice.
	error.context.retryable = false;
	const line = `Already created: ${listed(created)}. ${howToContinue(error, created)}`.trim();
	const { description } = error;
	error.description =
		error.context.mayHaveHappened === true ? lines(description, line) : lines(line, description);
	addData(error, { ...created });
	return error;
}

/**
 * Adds the created IDs of all other items, and the items whose requests may have succeeded, to the error that stops
 * the node: their output is lost with the execution.
 *
 * @param created the created IDs of each item, by its index
 * @param uncertain indexes of items whose requests may have succeeded
 */
export function withOthers(error: ItemError, created: Created[], uncertain: number[]): ItemError {
	const unknown = uncertain.filter((itemIndex) => itemIndex !== error.context.itemIndex);
	if (unknown.length > 0) {
		const named = unknown.slice(0, NAMED_ITEMS).join(', ');
		const more =
			unknown.length > NAMED_ITEMS
				? ` and ${unknown.length - NAMED_ITEMS} more, in the details`
				: '';
		error.description = lines(
			error.description,
			'Requests for other items may have succeeded. Check the TransactionLink dashboard before you run them ' +
				`again: item ${named}${more}.`,
		);
		addData(error, { uncertainItems: unknown });
	}
	const others = created
		.map((ids, itemIndex) => ({ itemIndex, ...ids }))
		.filter(({ itemIndex }) => itemIndex !== error.context.itemIndex)
		.filter(({ itemIndex }) => isSomething(created[itemIndex] ?? {}));
	if (others.length === 0) return error;
	const named = others
		.slice(0, NAMED_ITEMS)
		.map(({ itemIndex }) => `item ${itemIndex}: ${listed(created[itemIndex] ?? {})}`);
	const left = others.length - named.length;
	const more = left > 0 ? `; and ${left} more, in the details` : '';
	error.description = lines(
		error.description,
		`Already created for other items, so do not run those again unchanged: ${named.join('; ')}${more}.`,
	);
	addData(error, { createdForOtherItems: others });
	return error;
}

/** The status of the run, if the error contains one. */
function statusIn({ context: { data } }: ItemError): IDataObject {
	return isJsonObject(data) && typeof data.status === 'string' ? { status: data.status } : {};
}

/**
 * The output of a failed item, if the node continues: what happened in `error`, what to do in `message`, and in
 * `details` the created IDs, the status of the run, a code, whether the item can run again unchanged, whether its
 * request may have succeeded, and the HTTP status.
 *
 * n8n 2 sends an item to the error output if its JSON has these three names. n8n 1 also needs the error as a property
 * of the item, but replaces the JSON by the error's text if the property is still there later. So the property is not
 * enumerable: n8n routes the item by it, then continues with a copy that lacks it.
 *
 * @param onError the user's choice for failed items
 */
export function failedItem(
	error: ItemError,
	index: number,
	created: Created,
	onError: INode['onError'],
): INodeExecutionData {
	const httpCode = error instanceof NodeApiError ? error.httpCode : null;
	const item: INodeExecutionData = {
		json: {
			error: error.message,
			message: asText(error.description) || error.message,
			details: {
				...created,
				...statusIn(error),
				code: typeof error.context.code === 'string' ? error.context.code : null,
				retryable: error.context.retryable === true,
				mayHaveHappened: error.context.mayHaveHappened === true,
				httpCode: httpCode || null,
			},
		},
		pairedItem: { item: index },
	};
	if (onError === 'continueErrorOutput')
		Object.defineProperty(item, 'error', { value: error, enumerable: false });
	return item;
}
