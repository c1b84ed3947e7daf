import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { connect, type Connection } from '../../shared/connection';
import type { Item, Made, Operation } from '../operation';
import { asNodeError, failedItem, withItem, withOthers, type ItemError } from './itemError';
import { sideBySide } from './sideBySide';

/** Items on their way at the same time. Enough that waiting for one does not hold up all. */
const AT_ONCE = 10;

/** What an item came to. */
type Ending = { output: INodeExecutionData[] } | { error: ItemError };

async function runItem(
	context: IExecuteFunctions,
	operation: Operation,
	connection: Connection,
	index: number,
	made: Made,
): Promise<Ending> {
	const item: Item = {
		context,
		index,
		connection,
		made,
		signal: context.getExecutionCancelSignal(),
	};
	try {
		const output = await operation.run(item);
		return { output: output.map((one) => ({ ...one, pairedItem: { item: index } })) };
	} catch (thrown) {
		return { error: withItem(asNodeError(context.getNode(), thrown), index, made) };
	}
}

/**
 * Carries an operation out for every item of the input, some of them side by side.
 *
 * @returns the output items of each input item, in the input's order and paired with it. Where the node goes
 *   on after a failed item, that item's output says what happened and holds what was made for it.
 * @throws the error of the first item that failed, when the node stops there: no further item is begun, and
 *   the error tells what was made for the others
 */
export async function runItems(
	context: IExecuteFunctions,
	operation: Operation,
): Promise<INodeExecutionData[]> {
	const count = context.getInputData().length;
	const goesOn = context.continueOnFail();
	const made = Array.from({ length: count }, (): Made => ({}));
	const endings: Ending[] = [];
	const connection = await connect(context);

	await sideBySide(count, AT_ONCE, async (index) => {
		const ending = await runItem(context, operation, connection, index, made[index] ?? {});
		endings[index] = ending;
		const isCancelled = context.getExecutionCancelSignal()?.aborted === true;
		return !isCancelled && (goesOn || 'output' in ending);
	});

	const first = endings.find((ending) => 'error' in ending);
	const isCancelled = context.getExecutionCancelSignal()?.aborted === true;
	if (first !== undefined && (!goesOn || isCancelled)) throw withOthers(first.error, made);
	return endings.flatMap((ending, index) =>
		'output' in ending ? ending.output : [failedItem(ending.error, index, made[index] ?? {})],
	);
}
