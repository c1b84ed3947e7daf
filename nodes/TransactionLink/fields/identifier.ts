import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemContext } from '../operation';
import { validationError } from './validationError';

/** No form of id is documented, so only what no id can be is refused: it would change the address it goes into. */
const IDENTIFIER = /^(?!\.{1,2}$)[A-Za-z0-9._~:-]+$/;

const LONGEST = 200;

/** What an expression leaves behind when the field it names is not there. */
const LEFT_BY_EXPRESSIONS = new Set(['undefined', 'null', 'NaN', 'true', 'false']);

/** A field for an id: its label, its name, and where a person finds the id. */
export interface Identifier {
	name: string;
	label: string;
	/** What the id stands for, for people who meet the word for the first time. */
	meaning: string;
	whereToFind: string;
}

export const caseIdentifier: Identifier = {
	name: 'caseId',
	label: 'Case ID',
	meaning: 'The case of a person or a company',
	whereToFind: 'The field "caseId" in the output of Case → Create',
};

export const workflowIdentifier: Identifier = {
	name: 'workflowId',
	label: 'Run ID',
	meaning: 'One run of a workflow definition',
	whereToFind:
		'The ID in the output of Workflow → Run or Start Execution, or "workflowId" in that of the trigger',
};

export const definitionIdentifier: Identifier = {
	name: 'workflowDefinitionId',
	label: 'Workflow Definition ID',
	meaning: 'The workflow as it was set up in TransactionLink',
	whereToFind: 'Shown in the TransactionLink dashboard with the workflow definition',
};

export const recordIdentifier: Identifier = {
	name: 'recordId',
	label: 'Record ID',
	meaning: 'The record of a table',
	whereToFind: 'The ID in the output of Record → Create',
};

export const tableIdentifier: Identifier = {
	name: 'tableId',
	label: 'Table ID',
	meaning: 'The table in TransactionLink that holds the record',
	whereToFind: 'Shown in the TransactionLink dashboard with the table',
};

export const attachmentIdentifier: Identifier = {
	name: 'attachmentId',
	label: 'Attachment ID',
	meaning: 'One of the files that are attached to the record',
	whereToFind: 'The ID in the output of Attachment → Get Many',
};

export const parametersIdentifier: Identifier = {
	name: 'parametersId',
	label: 'Parameter Set ID',
	meaning: 'Parameters that were saved before',
	whereToFind: 'The field "parametersId" in the output of Parameter Set → Create',
};

/** Fields of an input item that hold an id of a known kind, whichever operation put them there. */
const KINDS: Record<string, string> = {
	attachmentId: 'an attachment',
	caseId: 'a case',
	parametersId: 'a parameter set',
	recordId: 'a record',
	tableId: 'a table',
	workflowDefinitionId: 'a workflow definition',
	workflowId: 'a run',
};

/** The form of an id does not tell its kind; the input item often does. */
function otherKind({ context, index }: ItemContext, name: string, id: string): string | undefined {
	const json: IDataObject = context.getInputData()[index]?.json ?? {};
	const other = Object.keys(KINDS).find((kind) => kind !== name && json[kind] === id);
	return other === undefined || json[name] === id ? undefined : KINDS[other];
}

/** The field as the panel shows it, where there need not be an id. */
export function optionalIdentifierField({
	name,
	label,
	meaning,
	whereToFind,
}: Identifier): INodeProperties {
	return {
		displayName: label,
		name,
		type: 'string',
		default: '',
		placeholder: 'e.g. 5f0c1b9e-3c5d-4a57-9a53-2f6f3f1f4b11',
		description: meaning,
		// Below the field, and not only on its label: IDs of all kinds look alike.
		hint: whereToFind,
	};
}

/** The same, where there has to be one. */
export function identifierField(identifier: Identifier): INodeProperties {
	return { ...optionalIdentifierField(identifier), required: true };
}

/**
 * Reads an id for one item, where there need not be one.
 *
 * @returns nothing when the field is empty
 * @throws NodeOperationError when what is there cannot be an id, or is one of another kind
 */
export function readOptionalIdentifier(
	item: ItemContext,
	{ name, label, whereToFind }: Identifier,
): string | undefined {
	// What an expression does not find comes as nothing at all.
	const value: unknown = item.context.getNodeParameter(name, item.index, '') ?? '';
	const isNumber = typeof value === 'number' && Number.isSafeInteger(value);
	if (typeof value !== 'string' && !isNumber) {
		throw validationError(item, label, 'is not a text', whereToFind);
	}
	const id = String(value).trim();
	if (id === '') return undefined;
	if (LEFT_BY_EXPRESSIONS.has(id)) {
		throw validationError(item, label, `is "${id}": its expression found nothing`, whereToFind);
	}
	if (id.length > LONGEST) throw validationError(item, label, 'is too long for an ID', whereToFind);
	if (!IDENTIFIER.test(id)) {
		throw validationError(
			item,
			label,
			'is not an ID: only letters, digits and the signs . _ ~ : - can be in one',
			whereToFind,
		);
	}
	const other = otherKind(item, name, id);
	if (other !== undefined) throw validationError(item, label, `is the ID of ${other}`, whereToFind);
	return id;
}

/**
 * Reads an id for one item.
 *
 * @throws NodeOperationError when it is empty, cannot be an id, or is one of another kind
 */
export function readIdentifier(item: ItemContext, identifier: Identifier): string {
	const id = readOptionalIdentifier(item, identifier);
	if (id !== undefined) return id;
	const { name, label, whereToFind } = identifier;
	const isLost = (item.context.getNodeParameter(name, item.index, '') ?? undefined) === undefined;
	throw validationError(
		item,
		label,
		isLost ? 'is empty: its expression found nothing' : 'is empty',
		whereToFind,
	);
}
