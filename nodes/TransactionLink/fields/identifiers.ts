import { nouns, type IdName } from '../../shared/contract/nouns';
import { field, required, type Field, type FieldReading } from '../../shared/fields/field';
import { readIdentifier } from '../../shared/fields/identifier';
import { textProperty } from '../../shared/fields/text';

/** The kind of an ID that the input item contains under another name. IDs of all kinds look alike. */
function otherKind({ context }: FieldReading, name: IdName, id: string): string | undefined {
	const json = context.inputJson();
	if (json[name] === id) return undefined;
	return Object.entries(nouns).find(([other]) => other !== name && json[other] === id)?.[1].one;
}

/** An optional field for an ID. */
function optionalIdentifier(name: IdName): Field<string | undefined> {
	const { label, meaning, whereToFind, example } = nouns[name];
	const property = textProperty({
		name,
		label,
		placeholder: example,
		description: meaning,
		// Both below the field and in its tooltip, because IDs of all kinds look alike.
		hint: whereToFind,
	});
	return field(property, whereToFind, (value, reading) => {
		const id = readIdentifier(value, reading);
		const other = id === undefined ? undefined : otherKind(reading, name, id);
		if (other !== undefined)
			throw reading.reject(`is the ID of ${/^[aeiou]/.test(other) ? 'an' : 'a'} ${other}`);
		return id;
	});
}

const identifier = (name: IdName): Field<string> => required(optionalIdentifier(name));

export const attachmentIdField = identifier('attachmentId');
export const caseIdField = identifier('caseId');
export const definitionIdField = identifier('workflowDefinitionId');
export const parametersIdField = identifier('parametersId');
export const recordIdField = identifier('recordId');
export const runIdField = identifier('workflowId');
export const tableIdField = identifier('tableId');

export const optionalParametersIdField = optionalIdentifier('parametersId');
export const optionalRecordIdField = optionalIdentifier('recordId');
