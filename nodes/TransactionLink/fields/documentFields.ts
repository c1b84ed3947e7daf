import type { INodeProperties } from 'n8n-workflow';
import { isObject } from '../../shared/answer';
import type { Document } from '../../shared/calls';
import type { Item } from '../operation';
import { parsed } from './json';
import { refusal } from './refusal';
import { readTexts, textField } from './texts';

const LABELS = {
	resourceId: 'Resource ID',
	resourceName: 'Resource Name',
	resourcePath: 'Resource Path',
} as const;

/** The files of a case (`Document` of the contract): one by one, or as File > Upload answered them. */
export const documentFields: INodeProperties[] = [
	{
		displayName: 'Documents',
		name: 'documents',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Document',
		default: {},
		description: 'Files that were uploaded to TransactionLink before',
		options: [
			{
				displayName: 'Document',
				name: 'values',
				values: [
					textField(LABELS.resourceId, 'resourceId', '0b1c2d3e-4f50-4617-8a9b-0c1d2e3f4a5b'),
					textField(LABELS.resourceName, 'resourceName', 'passport.pdf'),
					textField(LABELS.resourcePath, 'resourcePath', '/resources/passport.pdf'),
				],
			},
		],
	},
	{
		displayName: 'Documents (JSON)',
		name: 'documentsJson',
		type: 'json',
		default: '',
		placeholder: 'e.g. {{ $json }}',
		description: 'What File > Upload gave, or a list of that: use it when the upload is the step before',
	},
];

function readDocument(item: Item, row: unknown, field: string): Document {
	if (!isObject(row)) throw refusal(item, field, 'holds something that is no document', 'Enter what the upload of the file gave');
	const document = readTexts(item, row, LABELS);
	if (document.resourceId === undefined && document.resourcePath === undefined) {
		throw refusal(
			item,
			field,
			'holds a document without Resource ID and Resource Path',
			'Enter what the upload of the file gave',
		);
	}
	return document;
}

function readList(item: Item, entered: unknown): unknown[] {
	if (entered === undefined || entered === null || entered === '') return [];
	const value = typeof entered === 'string' ? parsed(entered) : entered;
	if (Array.isArray(value)) return value;
	if (isObject(value)) return [value];
	throw refusal(item, 'Documents (JSON)', 'is no JSON object and no list of them', 'Enter what the upload of the file gave');
}

/**
 * Reads the documents, from both fields.
 *
 * @param entered the fields of the case, as they were filled in
 * @throws NodeOperationError when one of them refers to no file
 */
export function readDocuments(item: Item, entered: Record<string, unknown>): Document[] {
	const { documents, documentsJson } = entered;
	const rows: unknown[] = isObject(documents) && Array.isArray(documents.values) ? documents.values : [];
	return [
		...rows.map((row) => readDocument(item, row, 'Documents')),
		...readList(item, documentsJson).map((row) => readDocument(item, row, 'Documents (JSON)')),
	];
}
