import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { openClient, type Client } from '../../shared/api/client';
import { CREDENTIAL_NAME } from '../../shared/authentication/credential';
import { settle } from '../../shared/http/settle';
import { AUTOMATIC, itemsAtOnce } from '../fields/options';
import type { ItemContext, Operation, Work } from '../operation';
import { asNodeError, withItem, type ItemError } from './itemError';
import { expressionsIn, itemFields, measured } from './itemFields';
import { Notes } from './notes';
import { automaticSlots } from './automatic';
import { runConcurrently, type Sharing } from './concurrency';
import { Results, type ItemResult } from './results';
import { Slots } from './slots';

/** As many as the process can prepare while the limit grows. */
const MOST_AHEAD = 400;

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
	// Read once, because n8n copies the whole node each time.
	const isExpression = expressionsIn(context.getNode().parameters);
	const atOnce = itemsAtOnce.read(itemFields(context, isExpression));
	const cancel = context.getExecutionCancelSignal();
	const stop = new AbortController();
	const results = new Results(context, stop);
	const { created } = results;
	const opened = await open(context, stop.signal);
	if ('error' in opened) {
		for (const index of created.keys()) results.add(index, opened);
		return results.output();
	}
	const { client } = opened;
	const sharing = slotsFor(context, client, operation, atOnce);
	const signal = cancel === undefined ? stop.signal : AbortSignal.any([cancel, stop.signal]);
	const notes = new Notes();
	await runConcurrently(created.length, sharing, signal, (index, releaseSlotWhile) => {
		const fields = measured(
			itemFields(context, isExpression, index, (finding) => notes.add(finding, index)),
		);
		const ids = created[index] ?? {};
		const item = { ...fields, context, index, client, created: ids, signal, releaseSlotWhile };
		const prepared = prepareItem(operation, item);
		// Also a failed item waits for its turn: if the node stops at it, all items before it were processed.
		const work = async () =>
			results.add(index, typeof prepared === 'function' ? await runItem(item, prepared) : prepared);
		return { work, size: fields.size() };
	});
	const output = results.output();
	notes.show(context, created.length);
	return output;
}
