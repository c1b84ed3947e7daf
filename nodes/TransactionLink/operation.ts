import type { IBinaryKeyData, IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Client } from '../shared/api/client';
import type { Field, FieldContext } from '../shared/fields/field';

/**
 * The IDs that were created for an item so far: `caseId`, `parametersId`, `workflowId`. They are kept apart from the
 * output, because an error in a later step of the same item must contain them too.
 */
export type CreatedIds = Record<string, string>;

/** One item on its way through an operation. Its fields are read from it. */
export interface ItemContext extends FieldContext {
	/** n8n's context, for files and hints. */
	context: IExecuteFunctions;
	/** The item's place in the input, from 0. */
	index: number;
	client: Client;
	/** Operations enter here what they created, as soon as a response contains it. */
	createdIds: CreatedIds;
	/** Aborted when the execution is cancelled, or the node stops at another item. */
	signal: AbortSignal | undefined;
	/** Does something that takes long and no work, such as waiting for a run, and lets other items go on meanwhile. */
	releaseSlotWhile(idle: () => Promise<void>): Promise<void>;
}

/** The output for an item: the JSON of the response, and files. `runItems` pairs it with its input item. */
export interface Output {
	json: IDataObject;
	binary?: IBinaryKeyData;
}

/** One operation: what the panel shows, and what it does with one item. */
export interface Operation {
	value: string;
	/** In the list of operations. */
	name: string;
	description: string;
	/** What users search for when they add the node, in sentence case. */
	action: string;
	/** What n8n's AI reads when it builds a workflow: when to choose it. Without expressions. */
	builderHint?: string;
	/** What the panel shows for it, in this order. */
	fields: ReadonlyArray<Field<unknown>>;
	/** Its own fields under Options. */
	options?: ReadonlyArray<Field<unknown>>;
	/**
	 * Executes the operation for one item.
	 *
	 * @returns the output for it; several where the operation lists things
	 * @throws NodeApiError or NodeOperationError in words for the user, without the item: `runItems` adds it
	 */
	execute(item: ItemContext): Promise<Output[]>;
}

/** What operations are about, in TransactionLink's words. */
export interface Resource {
	value: string;
	name: string;
	/** What it is, below its name in the list of resources. */
	description: string;
	/** The first is what the panel starts with. */
	operations: [Operation, ...Operation[]];
}
