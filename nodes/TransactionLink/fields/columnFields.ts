import type { INodeProperties } from 'n8n-workflow';
import type { ItemContext } from '../operation';
import { readTypedFields } from './readTypedFields';
import { asJsonField, oneByOneField, type TypedValues } from './typedFields';

const columnValues: TypedValues = {
	one: 'Column',
	fieldsName: 'columnsUi',
	jsonName: 'columnsJson',
	namedBy: 'table',
	example: '{ "companyName": "Nordlys AB" }',
	exampleName: 'companyName',
	exampleValue: 'Nordlys AB',
	advice: 'Enter dates and choices as text, and several values for one column as a list in JSON',
};

function shownWhen(way: 'fields' | 'json', field: INodeProperties): INodeProperties {
	return { ...field, displayOptions: { show: { specifyColumns: [way] } } };
}

/** The fields for the columns of a record. */
export const columnFields: INodeProperties[] = [
	{
		displayName: 'Specify Columns',
		name: 'specifyColumns',
		type: 'options',
		options: [
			{ name: 'Using Fields Below', value: 'fields', description: 'Enter them one by one' },
			{ name: 'Using JSON', value: 'json', description: 'Enter them all at once' },
		],
		default: 'fields',
		description: 'How the columns of the record are given',
	},
	shownWhen('fields', oneByOneField(columnValues)),
	shownWhen('json', asJsonField(columnValues)),
];

/**
 * Reads the columns of a record for one item.
 *
 * @returns name and value of each, numbers as numbers and texts as texts
 * @throws NodeOperationError naming what cannot be sent like this
 */
export function readColumns(item: ItemContext): Record<string, unknown> {
	const specified: unknown = item.context.getNodeParameter('specifyColumns', item.index, 'fields');
	return readTypedFields(item, specified === 'json' ? 'json' : 'fields', columnValues);
}
