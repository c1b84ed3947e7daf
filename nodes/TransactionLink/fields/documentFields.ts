import type { INodeProperties } from 'n8n-workflow';
import { isObject } from '../../shared/json';
import type { Document } from '../../shared/api/endpoints';
import type { ItemContext } from '../operation';
import { parsed } from './json';
import { validationError } from './validationError';
import { readTexts, textField } from './texts';

const LABELS = {
	resourceId: 'Resource ID',
	resourceName: 'Resource Name',
	resourcePath: 'Resource Path',
} as const;

/** What the upload of a file gave, under the same name. */
const uploadField = (name: keyof typeof LABELS, placeholder: string): INodeProperties => ({
	...textField(LABELS[name], name, placeholder),
	description: `The field "${name}" in the output of File → Upload`,
});

/** The files of a case (`Document` of the contract): one by one, or as File → Upload answered them. */
export const documentFields: INodeProperties[] = [
	{
		displayName: 'Documents',
		name: 'documents',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Document',
		default: {},
		description:
			'Files that were uploaded with File → Upload. Those under Documents (JSON) are added to them.',
		options: [
			{
				displayName: 'Document',
				name: 'values',
				values: [
					uploadField('resourceId', '0b1c2d3e-4f50-4617-8a9b-0c1d2e3f4a5b'),
					uploadField('resourceName', 'passport.pdf'),
					uploadField('resourcePath', '/resources/passport.pdf'),
				],
			},
		],
	},
	{
		displayName: 'Documents (JSON)',
		name: 'documentsJson',
		type: 'json',
		default: '',
		placeholder: 'e.g. {"resourceId": "0b1c2d3e-4f50"}',
		description: 'The whole output of File → Upload, or a list of such outputs',
	},
];

function readDocument(item: ItemContext, row: unknown, field: string): Document {
	if (!isObject(row))
		throw validationError(
			item,
			field,
			'holds something that is no document',
			'Enter what File → Upload gave for the file',
		);
	const document = readTexts(item, row, LABELS);
	if (document.resourceId === undefined && document.resourcePath === undefined) {
		throw validationError(
			item,
			field,
			'holds a document without Resource ID and Resource Path',
			'Enter what File → Upload gave for the file',
		);
	}
	return document;
}

function readList(item: ItemContext, entered: unknown): unknown[] {
	if (entered === undefined || entered === null || entered === '') return [];
	const value = typeof entered === 'string' ? parsed(entered) : entered;
	if (Array.isArray(value)) return value;
	if (isObject(value)) return [value];
	throw validationError(
		item,
		'Documents (JSON)',
		'is no JSON object and no list of them',
		'Enter what File → Upload gave for the file',
	);
}

/**
 * Reads the documents, from both fields.
 *
 * @param entered the fields of the case, as they were filled in
 * @throws NodeOperationError when one of them refers to no file
 */
export function readDocuments(item: ItemContext, entered: Record<string, unknown>): Document[] {
	const { documents, documentsJson } = entered;
	const rows: unknown[] =
		isObject(documents) && Array.isArray(documents.values) ? documents.values : [];
	return [
		...rows.map((row) => readDocument(item, row, 'Documents')),
		...readList(item, documentsJson).map((row) => readDocument(item, row, 'Documents (JSON)')),
	];
}
