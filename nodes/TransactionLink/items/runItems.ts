import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { openClient, type Client } from '../../shared/api/client';
import { CREDENTIAL_NAME } from '../../shared/authentication/credential';
import { settle } from '../../shared/http/settle';
import { AUTOMATIC, itemsAtOnce } from '../fields/options';
import type { ItemContext, CreatedIds, Operation } from '../operation';
import { asNodeError, failedItem, withItem, withOthers, type ItemError } from './itemError';
import { itemFields } from './itemFields';
import { Notes } from './notes';
import { automaticSlots } from './automatic';
import { runConcurrently, Slots } from './concurrency';

/** What an item came to. */
type Ending = { output: INodeExecutionData[] } | { error: ItemError };

async function runItem(operation: Operation, item: ItemContext): Promise<Ending> {
	const { context, index, createdIds } = item;
	try {
		const output = await operation.execute(item);
		return { output: output.map((one) => ({ ...one, pairedItem: { item: index } })) };
	} catch (thrown) {
		return { error: withItem(asNodeError(context.getNode(), thrown), index, createdIds) };
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

/** The slots for the items: as many as was chosen, or as many as the API turns out to take. */
function slotsFor(context: IExecuteFunctions, client: Client, atOnce: number): Slots {
	if (atOnce !== AUTOMATIC) return new Slots({ limit: atOnce });
	const { id } = context.getNode().credentials?.[CREDENTIAL_NAME] ?? {};
	const { limiter, slots } = automaticSlots(id ?? '', client.baseUrl);
	client.reportTo(limiter);
	return slots;
}

/**
 * Carries an operation out for every item of the input, some of them side by side.
 *
 * @returns the output items of each input item, in the input's order and paired with it. Where the node goes
 *   on after a failed item, that item's output says what happened and holds what was made for it.
 * @throws NodeOperationError when Items at Once is no number of items, whatever the node does with failed items; and
 *   the error of the item that failed first, when the node stops there: no further item is begun, no request is
 *   repeated, those that wait for a run stop waiting, and the error contains what was created for the others
 */
export async function runItems(
	context: IExecuteFunctions,
	operation: Operation,
): Promise<INodeExecutionData[]> {
	const createdIds = context.getInputData().map((): CreatedIds => ({}));
	const goesOn = context.continueOnFail();
	const { onError, parameters } = context.getNode();
	const atOnce = itemsAtOnce.read(itemFields(context, parameters));
	const cancel = context.getExecutionCancelSignal();
	const stop = new AbortController();
	const opened = await open(context, stop.signal);
	if ('error' in opened) {
		if (!goesOn) throw opened.error;
		return createdIds.map((ids, index) => failedItem(opened.error, index, ids, onError));
	}

	const { client } = opened;
	const slots = slotsFor(context, client, atOnce);
	const signal = cancel === undefined ? stop.signal : AbortSignal.any([cancel, stop.signal]);
	const endings: Ending[] = [];
	const notes = new Notes();
	let first: ItemError | undefined;
	await runConcurrently(createdIds.length, slots, signal, async (index, releaseSlotWhile) => {
		const item = {
			...itemFields(context, parameters, index, (finding) => notes.add(finding, index)),
			context,
			index,
			client,
			createdIds: createdIds[index] ?? {},
			signal,
			releaseSlotWhile,
		};
		const ending = await runItem(operation, item);
		endings[index] = ending;
		if ('error' in ending && (!goesOn || cancel?.aborted === true)) {
			first ??= ending.error;
			stop.abort();
		}
	});

	if (first !== undefined) {
		const uncertain = endings.flatMap((ending, index) =>
			'error' in ending && ending.error.context.mayHaveHappened === true ? [index] : [],
		);
		throw withOthers(first, createdIds, uncertain);
	}
	notes.show(context, createdIds.length);
	return endings.flatMap((ending, index) =>
		'output' in ending
			? ending.output
			: [failedItem(ending.error, index, createdIds[index] ?? {}, onError)],
	);
}
