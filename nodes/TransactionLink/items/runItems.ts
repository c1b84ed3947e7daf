import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { openClient, type Client } from '../../shared/api/client';
import { CREDENTIAL_NAME } from '../../shared/authentication/credential';
import { settle } from '../../shared/http/settle';
import { AUTOMATIC, itemsAtOnce } from '../fields/options';
import type { ItemContext, Created, Operation, Work } from '../operation';
import { asNodeError, failedItem, withItem, withOthers, type ItemError } from './itemError';
import { itemFields } from './itemFields';
import { Notes } from './notes';
import { automaticSlots } from './automatic';
import { runConcurrently, Slots, type Sharing } from './concurrency';

/** When the limit grows, these items need no more preparation; more of them would only take memory. */
const MOST_AHEAD = 400;

/** The result of an item. */
type ItemResult = { output: INodeExecutionData[] } | { error: ItemError };

function failure({ context, index, created }: ItemContext, thrown: unknown): { error: ItemError } {
	return { error: withItem(asNodeError(context.getNode(), thrown), index, created) };
}

function prepareItem(operation: Operation, item: ItemContext): Work | { error: ItemError } {
	try {
		return operation.prepare(item);
	} catch (thrown) {
		return failure(item, thrown);
	}
}

async function runItem(item: ItemContext, work: Work): Promise<ItemResult> {
	const done = await settle(work());
	if ('reason' in done) return failure(item, done.reason);
	return { output: done.result.map((one) => ({ ...one, pairedItem: { item: item.index } })) };
}

/** Opens the client that all items share. */
async function open(
	context: IExecuteFunctions,
	stop: AbortSignal,
): Promise<{ client: Client } | { error: ItemError }> {
	const opened = await settle(openClient(context, undefined, stop));
	return 'result' in opened
		? { client: opened.result }
		: { error: asNodeError(context.getNode(), opened.reason) };
}

/** The slots for the items: a fixed number, or as many as the limiter determines. */
function slotsFor(
	context: IExecuteFunctions,
	client: Client,
	operation: Operation,
	atOnce: number,
): Sharing {
	// One ahead, so that all items before an invalid one are processed.
	if (atOnce !== AUTOMATIC) return { slots: new Slots({ limit: atOnce }), ahead: 1 };
	const { id } = context.getNode().credentials?.[CREDENTIAL_NAME] ?? {};
	const { limiter, slots } = automaticSlots(id ?? '', client.baseUrl, operation.transfersFiles);
	client.reportTo(limiter);
	return { slots, ahead: MOST_AHEAD };
}

/**
 * Runs an operation for every item of the input, several at a time.
 *
 * @returns the output items of each input item, in the order of the input and paired with it. If the node continues
 *   after a failed item, that item's output contains what happened and its created IDs.
 * @throws NodeOperationError when Items at Once is invalid, even if the node continues after failed items. If the
 *   node stops at failed items, the error of the first one: no further item starts, no request is repeated, waits for
 *   runs end, and the error contains the created IDs of the other items.
 */
export async function runItems(
	context: IExecuteFunctions,
	operation: Operation,
): Promise<INodeExecutionData[]> {
	const created = context.getInputData().map((): Created => ({}));
	const continuesOnFail = context.continueOnFail();
	const { onError, parameters } = context.getNode();
	const atOnce = itemsAtOnce.read(itemFields(context, parameters));
	const cancel = context.getExecutionCancelSignal();
	const stop = new AbortController();
	const opened = await open(context, stop.signal);
	if ('error' in opened) {
		if (!continuesOnFail) throw opened.error;
		return created.map((ids, index) => failedItem(opened.error, index, ids, onError));
	}

	const { client } = opened;
	const sharing = slotsFor(context, client, operation, atOnce);
	const signal = cancel === undefined ? stop.signal : AbortSignal.any([cancel, stop.signal]);
	const results: ItemResult[] = [];
	const notes = new Notes();
	let first: ItemError | undefined;
	const finish = (index: number, result: ItemResult): void => {
		results[index] = result;
		if ('error' in result && (!continuesOnFail || cancel?.aborted === true)) {
			first ??= result.error;
			stop.abort();
		}
	};
	await runConcurrently(created.length, sharing, signal, (index, releaseSlotWhile) => {
		const item = {
			...itemFields(context, parameters, index, (finding) => notes.add(finding, index)),
			context,
			index,
			client,
			created: created[index] ?? {},
			signal,
			releaseSlotWhile,
		};
		const work = prepareItem(operation, item);
		if (typeof work === 'function') return async () => finish(index, await runItem(item, work));
		finish(index, work);
		return undefined;
	});

	if (first !== undefined) {
		const uncertain = results.flatMap((result, index) =>
			'error' in result && result.error.context.mayHaveHappened === true ? [index] : [],
		);
		throw withOthers(first, created, uncertain);
	}
	notes.show(context, created.length);
	return results.flatMap((result, index) =>
		'output' in result
			? result.output
			: [failedItem(result.error, index, created[index] ?? {}, onError)],
	);
}
