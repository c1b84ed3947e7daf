import type { INodeProperties, NodePropertyTypes } from 'n8n-workflow';
import { isObject } from '../json';
import { choiceField, type Choice } from './choice';
import { rowsField } from './collection';
import {
	emptiness,
	field,
	FieldReading,
	required,
	showWhen,
	type Field,
	type FieldContext,
} from './field';
import { cleanName } from './hygiene';
import { readJson, type Json } from './json';
import { readNumber } from './number';
import { readSwitch } from './switch';
import { kindOf, readName, readStringValue, textField } from './text';

/** Named values that the user enters one by one, each with its type, or all at once as JSON. */
export interface TypedValues {
	/** The name of one: "Parameter". */
	one: string;
	/** The names of the two fields. */
	rowsName: string;
	jsonName: string;
	/** What defines their names: "workflow definition". */
	namedBy: string;
	/** An example, as JSON. */
	example: string;
	exampleName: string;
	exampleValue: string;
	/** Advice, as a sentence without a full stop. */
	advice: string;
}

/** Names and values of the request. */
export type NamedValues = Record<string, Json>;

type ValueType = 'boolean' | 'json' | 'number' | 'string';

const TYPES: ReadonlyArray<Choice<ValueType>> = [
	{ name: 'Boolean', value: 'boolean', description: 'True or false' },
	{ name: 'JSON', value: 'json', description: 'A list or an object' },
	{ name: 'Number', value: 'number', description: 'A numeric value' },
	{ name: 'String', value: 'string', description: 'Text, also digits that must stay unchanged' },
];

const typeField = choiceField(
	{
		name: 'type',
		label: 'Type',
		description: 'Use String for numbers with leading zeros, such as a personal number',
		default: 'string',
	},
	TYPES,
);

function readJsonValue(value: unknown, reading: FieldReading): Json {
	const json = readJson(value, reading);
	if (json === undefined) throw reading.reject(emptiness(value));
	return json;
}

const READERS: Readonly<Record<ValueType, (value: unknown, reading: FieldReading) => Json>> = {
	// In a new row, an unchanged switch is an empty text, and shown as off.
	boolean: (value, reading) => value !== '' && readSwitch(value, reading),
	json: readJsonValue,
	number: readNumber,
	string: readStringValue,
};

/** The editor for values of one type. All types share one field name. */
function valueField(
	{ one, exampleValue }: TypedValues,
	valueType: ValueType,
	type: NodePropertyTypes,
	initial: INodeProperties['default'],
): Field<unknown> {
	const property: INodeProperties = { displayName: 'Value', name: 'value', type, default: initial };
	if (valueType === 'boolean') property.description = `Whether the ${one.toLowerCase()} is true`;
	if (valueType === 'json') property.description = 'A list or an object';
	if (valueType === 'string') property.placeholder = `e.g. ${exampleValue}`;
	return showWhen(
		{ type: [valueType] },
		field(property, 'Enter a value', (value) => value),
	);
}

/** Adds the name of the row to a rejection, because its index alone is hard to find. */
function inRow(context: FieldContext, name: string): FieldContext {
	return {
		...context,
		rejection: (heading, advice) => context.rejection(heading, `${advice}. Its name is "${name}"`),
	};
}

/** The field for entering values one by one, with an editor for each type. */
function rowsOf(values: TypedValues): Field<NamedValues> {
	const { one, namedBy, exampleName } = values;
	const nameField = textField(
		{
			name: 'name',
			label: 'Name',
			placeholder: exampleName,
			description: `As the ${namedBy} calls it`,
			expected: `Enter the name that the ${namedBy} uses`,
		},
		readName,
	);
	const rows = rowsField(
		{
			name: values.rowsName,
			label: `${one}s`,
			one,
			button: `Add ${one}`,
			description: values.advice,
		},
		[
			nameField,
			typeField,
			valueField(values, 'number', 'number', ''),
			valueField(values, 'boolean', 'boolean', false),
			valueField(values, 'json', 'json', '{}'),
			// Must be last: n8n's editor gives a new row the default of the last field with this name.
			valueField(values, 'string', 'string', ''),
		],
		(context) => {
			const name = required(nameField).read(context);
			const row = inRow(context, name);
			const value = READERS[typeField.read(row)](
				row.value('value'),
				new FieldReading(row, 'Value', 'Enter a value of its type'),
			);
			return { name, value, row };
		},
	);
	return {
		...rows,
		read: (context) => {
			const read = new Map<string, Json>();
			for (const { name, value, row } of rows.read(context)) {
				if (read.has(name)) throw row.rejection('Name is given twice', 'Keep one of the two');
				read.set(name, value);
			}
			return Object.fromEntries(read);
		},
	};
}

/** Cleans the names in JSON like those in rows. */
function withCleanNames(values: NamedValues, reading: FieldReading): NamedValues {
	const named = Object.entries(values).map(([name, value]) => [cleanName(name), value] as const);
	const names = named.map(([name]) => name);
	if (names.includes(''))
		throw reading.reject('contains an empty name', 'Enter a name for each value');
	if (new Set(names).size < names.length)
		throw reading.reject('contains a name twice', 'Keep one of the two');
	return Object.fromEntries(named);
}

/** The field for entering all values at once. */
function jsonOf({ one, jsonName, example, advice }: TypedValues): Field<NamedValues> {
	const property: INodeProperties = {
		displayName: `${one}s (JSON)`,
		name: jsonName,
		type: 'json',
		default: '{}',
		placeholder: `e.g. ${example}`,
		description: `An object with a field for each ${one.toLowerCase()}. ${advice}.`,
	};
	return field(property, `Enter an object such as ${example}`, (value, reading) => {
		const json = readJsonValue(value, reading);
		if (isObject(json)) return withCleanNames(json, reading);
		throw reading.reject(`must be an object, not ${kindOf(json)}`);
	});
}

/** The two fields for named values. */
export function typedValues(values: TypedValues): {
	rows: Field<NamedValues>;
	json: Field<NamedValues>;
} {
	return { rows: rowsOf(values), json: jsonOf(values) };
}
