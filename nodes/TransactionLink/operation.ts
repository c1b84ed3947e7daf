import type { IBinaryKeyData, IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Client } from '../shared/api/client';
import type { Field, FieldContext } from '../shared/fields/field';

/**
 * What the requests for an item created or did so far: IDs by the name of their field (`caseId`, `workflowId`), or a
 * word where there is no ID, or it is a secret (`link: 'sent'`). It is separate from the output, because an error in a
 * later step, or of a later item, must contain it too.
 */
export type Created = Record<string, string>;

/** The context of an operation for one item. */
export interface ItemContext extends FieldContext {
	/** n8n's context, for files and hints. */
	context: IExecuteFunctions;
	/** The item's index in the input. */
	index: number;
	client: Client;
	/** Every operation that sends more than GETs adds to it as soon as the response arrives. */
	created: Created;
	/** Aborted when the user cancels the execution, or the node stops at another item. */
	signal: AbortSignal | undefined;
	/** Releases the slot during an idle wait, such as for a run, so that other items can continue. */
	releaseSlotWhile(idle: () => Promise<void>): Promise<void>;
}

/** The output for an item: the JSON of the response, and files. `runItems` pairs it with its input item. */
export interface Output {
	json: IDataObject;
	binary?: IBinaryKeyData;
}

/**
 * Sends the requests for one item.
 *
 * @returns the output items; several for operations that list things
 * @throws NodeApiError or NodeOperationError with a message for the user; `runItems` adds the item
 */
export type Work = () => Promise<Output[]>;

/** One operation: its part of the panel, and its work for one item. */
export interface Operation {
	value: string;
	/** The label in the list of operations. */
	name: string;
	description: string;
	/** The text that users search for when they add the node, in sentence case. */
	action: string;
	/** Tells n8n's AI workflow builder when to choose it. Must not contain expressions. */
	builderHint?: string;
	/** Its fields, in the order of the panel. */
	fields: ReadonlyArray<Field<unknown>>;
	/** Whether it transfers files, which are limited separately: many at once would fill the memory. */
	transfersFiles?: true;
	/** Its own fields under Options. */
	options?: ReadonlyArray<Field<unknown>>;
	/**
	 * Reads all fields of one item. Sends nothing, because the item may wait for its turn, or never get one: what
	 * depends on the current time belongs in the work.
	 *
	 * @returns the work for the item
	 * @throws NodeOperationError when a field is invalid, with a message for the user; `runItems` adds the item
	 */
	prepare(item: ItemContext): Work;
}

/** A resource of TransactionLink, with its operations. */
export interface Resource {
	value: string;
	name: string;
	/** Shown below its name in the list of resources. */
	description: string;
	/** The first one is the default. */
	operations: [Operation, ...Operation[]];
}
