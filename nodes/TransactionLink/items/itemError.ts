import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';
import { nouns, type Noun } from '../../shared/contract/nouns';
import { isJsonObject } from '../../shared/json';
import type { CreatedIds } from '../operation';

/** What n8n shows a person when a node did not do its work. */
export type ItemError = NodeApiError | NodeOperationError;

const knownNouns: Readonly<Record<string, Noun>> = nouns;

/** How many other items a description names before it counts the rest. */
const NAMED_ITEMS = 5;

/** What an operation threw, as n8n's own kind of error. */
export function asNodeError(node: INode, thrown: unknown): ItemError {
	if (thrown instanceof NodeApiError || thrown instanceof NodeOperationError) return thrown;
	return new NodeOperationError(node, thrown instanceof Error ? thrown : String(thrown));
}

function listed(made: CreatedIds): string {
	return Object.entries(made)
		.map(([name, id]) => `${knownNouns[name]?.one ?? name} ${id}`)
		.join(', ');
}

/** Running the item again from its beginning would make it all twice. */
function howToGoOn({ context }: ItemError, { workflowId, caseId }: CreatedIds): string {
	// What to look for first is said already, and comes before anything else.
	if (context.mayHaveHappened === true) return '';
	if (context.runHasEnded === true) {
		return caseId === undefined
			? 'It has ended: to check again, run this item again.'
			: 'It has ended: to check again, use Workflow → Run with Run For set to Existing Case.';
	}
	if (workflowId !== undefined) {
		return 'Do not run this item again: go on with Workflow → Wait for Completion and the ID of the run.';
	}
	if (caseId !== undefined) {
		return 'Go on with the case: Workflow → Run, with Run For set to Existing Case.';
	}
	return 'It can be used as it is.';
}

function isSomething(made: CreatedIds): boolean {
	return Object.keys(made).length > 0;
}

function extend(error: ItemError, sentence: string, data: IDataObject): void {
	error.description = [error.description, sentence].filter(Boolean).join(' ');
	error.context.data = { ...(isJsonObject(error.context.data) ? error.context.data : {}), ...data };
}

/**
 * Adds to an error which item it is about, and what had been made for it before: the ids stand in its data and
 * in its description, because they are needed to go on.
 */
export function withItem(error: ItemError, index: number, made: CreatedIds): ItemError {
	error.context.itemIndex = index;
	if (isSomething(made)) {
		const sentence = [
			`Made before that, and still there: ${listed(made)}.`,
			howToGoOn(error, made),
		];
		extend(error, sentence.filter(Boolean).join(' '), { ...made });
	}
	return error;
}

/**
 * Adds to the error that stops the node what was made for the other items, and for which of them that is not known:
 * their output is lost with the execution, and their ids must not be.
 *
 * @param made what was made for each item, by the item's place
 * @param uncertain the places of items of which nobody knows whether something was made
 */
export function withOthers(error: ItemError, made: CreatedIds[], uncertain: number[]): ItemError {
	const unknown = uncertain.filter((itemIndex) => itemIndex !== error.context.itemIndex);
	if (unknown.length > 0) {
		const named = unknown.slice(0, NAMED_ITEMS).join(', ');
		const more =
			unknown.length > NAMED_ITEMS
				? ` and ${unknown.length - NAMED_ITEMS} more, in the details`
				: '';
		extend(
			error,
			'For other items it is not known whether they were made, so look in the TransactionLink ' +
				`dashboard before you run those again: item ${named}${more}.`,
			{ notKnownForItems: unknown },
		);
	}
	const others = made
		.map((ids, itemIndex) => ({ itemIndex, ...ids }))
		.filter(({ itemIndex }) => itemIndex !== error.context.itemIndex)
		.filter(({ itemIndex }) => isSomething(made[itemIndex] ?? {}));
	if (others.length === 0) return error;
	const named = others
		.slice(0, NAMED_ITEMS)
		.map(({ itemIndex }) => `item ${itemIndex}: ${listed(made[itemIndex] ?? {})}`);
	const rest = others.length - named.length;
	const more = rest > 0 ? `; and ${rest} more, in the details` : '';
	const sentence =
		'Made for other items of this node, so leave those out when you run it again: ' +
		`${named.join('; ')}${more}.`;
	extend(error, sentence, {
		madeForOtherItems: others,
	});
	return error;
}

/** The status of the run, where the error tells of one. */
function statusIn({ context: { data } }: ItemError): IDataObject {
	return isJsonObject(data) && typeof data.status === 'string' ? { status: data.status } : {};
}

/**
 * The output of an item that failed, where the node goes on all the same: what happened under `error`, what to
 * do next under `message`, and under `details` the ids of what was made, the status of the run, a code,
 * whether the item can be run again as it is, whether it may have happened, and the HTTP status.
 *
 * n8n 2 sends an item to the error output by these three names. n8n 1 knows two of them alone, and wants the error
 * itself beside the JSON; but where it stays there, both leave nothing of the JSON but the error's text. So it is
 * there to be looked at, and not to be copied: n8n decides by it, puts the item's input and the JSON into a copy,
 * and that has no error any more.
 *
 * @param onError what the person chose for items that fail
 */
export function failedItem(
	error: ItemError,
	index: number,
	made: CreatedIds,
	onError: INode['onError'],
): INodeExecutionData {
	const httpCode = error instanceof NodeApiError ? error.httpCode : null;
	const item: INodeExecutionData = {
		json: {
			error: error.message,
			message: error.description || error.message,
			details: {
				...made,
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
