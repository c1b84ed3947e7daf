import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { openClient, type Client } from '../../shared/api/client';
import { CREDENTIAL_NAME } from '../../shared/authentication/credential';
import { settle } from '../../shared/http/settle';
import { AUTOMATIC, itemsAtOnce } from '../fields/options';
import type { ItemContext, Created, Operation } from '../operation';
import { asNodeError, failedItem, withItem, withOthers, type ItemError } from './itemError';
import { itemFields } from './itemFields';
import { Notes } from './notes';
import { automaticSlots } from './automatic';
import { runConcurrently, Slots } from './concurrency';

/** The result of an item. */
type ItemResult = { output: INodeExecutionData[] } | { error: ItemError };

async function runItem(operation: Operation, item: ItemContext): Promise<ItemResult> {
	const { context, index, created } = item;
	try {
		const work = operation.prepare(item);
		const output = await work();
		return { output: output.map((one) => ({ ...one, pairedItem: { item: index } })) };
	} catch (thrown) {
		return { error: withItem(asNodeError(context.getNode(), thrown), index, created) };
	}
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
): Slots {
	if (atOnce !== AUTOMATIC) return new Slots({ limit: atOnce });
	const { id } = context.getNode().credentials?.[CREDENTIAL_NAME] ?? {};
	const { limiter, slots } = automaticSlots(id ?? '', client.baseUrl, operation.transfersFiles);
	client.reportTo(limiter);
	return slots;
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
	const slots = slotsFor(context, client, operation, atOnce);
	const signal = cancel === undefined ? stop.signal : AbortSignal.any([cancel, stop.signal]);
	const results: ItemResult[] = [];
	const notes = new Notes();
	let first: ItemError | undefined;
	await runConcurrently(created.length, slots, signal, async (index, releaseSlotWhile) => {
		const item = {
			...itemFields(context, parameters, index, (finding) => notes.add(finding, index)),
			context,
			index,
			client,
			created: created[index] ?? {},
			signal,
			releaseSlotWhile,
		};
		const result = await runItem(operation, item);
		results[index] = result;
		if ('error' in result && (!continuesOnFail || cancel?.aborted === true)) {
			first ??= result.error;
			stop.abort();
		}
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
