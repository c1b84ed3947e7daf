import type { INodeProperties } from 'n8n-workflow';
import { defined, isObject } from '../json';
import {
	emptiness,
	field,
	FieldReading,
	type Field,
	type FieldContext,
	type Reader,
} from './field';
import { kindOf } from './text';

/**
 * A context that reads fields from an object, such as a collection or a row, instead of the panel.
 *
 * @param path of the object in the panel: "documents.values.0"
 */
export function inside(
	context: FieldContext,
	path: string,
	label: string,
	values: Record<string, unknown>,
): FieldContext {
	return {
		...context,
		value: (name, fallback) => (Object.hasOwn(values, name) ? values[name] : fallback),
		rejection: (heading, advice) => context.rejection(`${label}${heading}`, advice),
		isExpression: (name) => context.isExpression(`${path}.${name}`),
		note: (finding) => context.note(`${label}${finding}`),
	};
}

function asObject(value: unknown, reading: FieldReading): Record<string, unknown> {
	if (isObject(value)) return value;
	const isNothing = value === undefined || value === null;
	throw reading.reject(
		isNothing ? emptiness(value) : `must be an object with its fields, not ${kindOf(value)}`,
	);
}

/** The texts of a collection. */
export interface CollectionShown {
	name: string;
	label: string;
	/** The text of the button that adds a field. */
	button: string;
	description?: string;
	/** The names of fields that the panel shows from the start, in this order. */
	shownByDefault?: readonly string[];
}

function propertyOf({
	name,
	label,
	button,
	description,
	shownByDefault = [],
}: CollectionShown): INodeProperties {
	const property: INodeProperties = {
		displayName: label,
		name,
		type: 'collection',
		placeholder: button,
		default: {},
		...defined({ description }),
	};
	property.default = Object.fromEntries(shownByDefault.map((one) => [one, '']));
	return property;
}

const FILL_IN = 'Fill in its fields in the panel';

/** A collection: the user adds the fields that are needed. */
export function collectionField<T>(
	shown: CollectionShown,
	fields: ReadonlyArray<Field<unknown>>,
	read: (context: FieldContext) => T,
): Field<T> {
	const property = { ...propertyOf(shown), options: fields.map(({ property: one }) => one) };
	return field(property, FILL_IN, (value, reading) => {
		const values = asObject(value, reading);
		return read(inside(reading.context, shown.name, '', values));
	});
}

/** Reads the rows of a fixed collection, each in its own context. */
function readRows<T>(
	{ name, one }: { name: string; one: string },
	read: (context: FieldContext, position: number) => T,
): Reader<T[]> {
	return (value, reading) => {
		const { values = [] } = asObject(value, reading);
		if (!Array.isArray(values)) throw reading.reject(`must be a list, not ${kindOf(values)}`);
		return values.map((row: unknown, index) => {
			const label = `${one} ${index + 1}`;
			const fields = asObject(row, new FieldReading(reading.context, label, FILL_IN));
			return read(
				inside(reading.context, `${name}.values.${index}`, `${label}: `, fields),
				index + 1,
			);
		});
	};
}

/** A list of rows with the same fields. @param one the name of a row, as in "Document" */
export function rowsField<T>(
	shown: CollectionShown & { one: string },
	fields: ReadonlyArray<Field<unknown>>,
	read: (context: FieldContext, position: number) => T,
): Field<T[]> {
	const property: INodeProperties = {
		...propertyOf(shown),
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		options: [
			{ displayName: shown.one, name: 'values', values: fields.map(({ property: one }) => one) },
		],
	};
	return field(property, FILL_IN, readRows(shown, read));
}
