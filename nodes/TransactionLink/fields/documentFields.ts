import type { Document } from '../../shared/api/endpoints';
import { nouns } from '../../shared/contract/nouns';
import { inside, rowsField } from '../../shared/fields/collection';
import { field, type Field, type FieldContext } from '../../shared/fields/field';
import { readJson, type Json } from '../../shared/fields/json';
import { textField } from '../../shared/fields/text';
import { defined, isObject } from '../../shared/json';

const FROM_UPLOAD = 'Enter what File → Upload returned for the file';

/** A field with the same name as in the output of a file upload. */
const uploadField = (name: string, label: string, placeholder: string): Field<string | undefined> =>
	textField({
		name,
		label,
		placeholder,
		description: `The field "${name}" in the output of File → Upload`,
	});

const resourceId = uploadField('resourceId', nouns.resourceId.label, nouns.resourceId.example);
const resourceName = uploadField('resourceName', 'Resource Name', 'passport.pdf');
const resourcePath = uploadField('resourcePath', 'Resource Path', '/resources/passport.pdf');

function readDocument(context: FieldContext): Document {
	const document = defined({
		resourceId: resourceId.read(context),
		resourceName: resourceName.read(context),
		resourcePath: resourcePath.read(context),
	});
	if (document.resourceId !== undefined || document.resourcePath !== undefined) return document;
	throw context.rejection('Resource ID and Resource Path are both empty', FROM_UPLOAD);
}

const rows = rowsField(
	{
		name: 'documents',
		label: 'Documents',
		one: 'Document',
		button: 'Add Document',
		description:
			'Files that were uploaded with File → Upload. Those under Documents (JSON) are added to them.',
	},
	[resourceId, resourceName, resourcePath],
	readDocument,
);

const json: Field<Json | undefined> = field(
	{
		displayName: 'Documents (JSON)',
		name: 'documentsJson',
		type: 'json',
		default: '',
		placeholder: 'e.g. {"resourceId": "f11e04d3-3c5d"}',
		description: 'The whole output of File → Upload, or a list of such outputs',
	},
	FROM_UPLOAD,
	readJson,
);

/** The files of a case (`Document` of the contract): one by one, or as the output of File → Upload. */
export const documentFields: ReadonlyArray<Field<unknown>> = [rows, json];

function readJsonDocuments(context: FieldContext): Document[] {
	const value = json.read(context);
	if (value === undefined) return [];
	const { displayName } = json.property;
	return (Array.isArray(value) ? value : [value]).map((one, index) => {
		const label = `${displayName}, document ${index + 1}: `;
		if (isObject(one)) return readDocument(inside(context, 'documentsJson', label, one));
		throw context.rejection(
			`${displayName} must be a JSON object or a list of objects`,
			FROM_UPLOAD,
		);
	});
}

/** Reads the documents from both fields. @throws NodeOperationError when one of them contains no file */
export function readDocuments(context: FieldContext): Document[] {
	return [...rows.read(context), ...readJsonDocuments(context)];
}
