import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { nouns, type IdName, type Noun } from '../../shared/contract/nouns';
import type { ItemContext } from '../operation';
import { validationError } from './validationError';

/** No form of id is documented, so only what no id can be is refused: it would change the address it goes into. */
const IDENTIFIER = /^(?!\.{1,2}$)[A-Za-z0-9._~:-]+$/;

const LONGEST = 200;

/** What an expression leaves behind when the field it names is not there. */
const LEFT_BY_EXPRESSIONS = new Set(['undefined', 'null', 'NaN', 'true', 'false']);

/** A field for an ID: its name, and what the table of nouns says of it. */
export interface Identifier extends Noun {
	name: IdName;
}

const identifier = (name: IdName): Identifier => ({ name, ...nouns[name] });

export const attachmentIdentifier = identifier('attachmentId');
export const caseIdentifier = identifier('caseId');
export const definitionIdentifier = identifier('workflowDefinitionId');
export const parametersIdentifier = identifier('parametersId');
export const recordIdentifier = identifier('recordId');
export const tableIdentifier = identifier('tableId');
export const workflowIdentifier = identifier('workflowId');

/** The form of an id does not tell its kind; the input item often does. */
function otherKind({ context, index }: ItemContext, name: string, id: string): string | undefined {
	const json: IDataObject = context.getInputData()[index]?.json ?? {};
	const other = Object.entries(nouns).find(([kind]) => kind !== name && json[kind] === id)?.[1].one;
	if (other === undefined || json[name] === id) return undefined;
	return `${/^[aeiou]/.test(other) ? 'an' : 'a'} ${other}`;
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
