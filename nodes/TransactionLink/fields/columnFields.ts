import { choiceField } from '../../shared/fields/choice';
import { showWhen, type Field, type FieldContext } from '../../shared/fields/field';
import { typedValues, type NamedValues } from '../../shared/fields/typedValues';

const specifyColumns = choiceField(
	{
		name: 'specifyColumns',
		label: 'Specify Columns',
		description: 'How the columns of the record are given',
		default: 'fields',
	},
	[
		{ name: 'Using Fields Below', value: 'fields', description: 'Enter them one by one' },
		{ name: 'Using JSON', value: 'json', description: 'Enter them all at once' },
	],
);

const columns = typedValues({
	one: 'Column',
	rowsName: 'columnsUi',
	jsonName: 'columnsJson',
	namedBy: 'table',
	example: '{ "companyName": "Nordlys AB" }',
	exampleName: 'companyName',
	exampleValue: 'Nordlys AB',
	advice: 'Enter dates and choices as text, and several values for one column as a list in JSON',
});

/** The columns of a record. */
export const columnFields: ReadonlyArray<Field<unknown>> = [
	specifyColumns,
	showWhen({ specifyColumns: ['fields'] }, columns.rows),
	showWhen({ specifyColumns: ['json'] }, columns.json),
];

/** Reads the columns of a record. @throws NodeOperationError naming the invalid column */
export function readColumns(context: FieldContext): NamedValues {
	return specifyColumns.read(context) === 'json'
		? columns.json.read(context)
		: columns.rows.read(context);
}
