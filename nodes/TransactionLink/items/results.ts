import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Created } from '../operation';
import { failedItem, withOthers, type ItemError } from './itemError';

/** The result of an item. */
export type ItemResult = { output: INodeExecutionData[] } | { error: ItemError };

/** The results of all items of an execution. */
export class Results {
	/** What the requests of each item created. */
	readonly created: Created[];

	private readonly results: ItemResult[] = [];

	private first: ItemError | undefined;

	private readonly context: IExecuteFunctions;

	private readonly stop: AbortController;

	/** @param stop aborted when the node stops at a failed item */
	constructor(context: IExecuteFunctions, stop: AbortController) {
		this.created = context.getInputData().map(() => ({}));
		this.context = context;
		this.stop = stop;
	}

	add(index: number, result: ItemResult): void {
		this.results[index] = result;
		if ('output' in result) return;
		const isCancelled = this.context.getExecutionCancelSignal()?.aborted === true;
		if (this.context.continueOnFail() && !isCancelled) return;
		this.first ??= result.error;
		this.stop.abort();
	}

	/**
	 * The output of the node, in the order of the input.
	 *
	 * @throws the first error at which the node stopped
	 */
	output(): INodeExecutionData[] {
		const { first, results, created } = this;
		if (first !== undefined) {
			const uncertain = results.flatMap((result, index) =>
				'error' in result && result.error.context.mayHaveHappened === true ? [index] : [],
			);
			throw withOthers(first, created, uncertain);
		}
		const { onError } = this.context.getNode();
		return results.flatMap((result, index) =>
			'output' in result
				? result.output
				: [failedItem(result.error, index, created[index] ?? {}, onError)],
		);
	}
}
