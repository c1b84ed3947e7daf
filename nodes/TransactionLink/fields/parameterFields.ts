import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { asJsonField, oneByOneField, type TypedValues } from './typedFields';

/** How the parameters of a definition are given. */
export type Specified = 'none' | 'saved' | 'fields' | 'json';

const WAYS: Record<Specified, INodePropertyOptions> = {
	none: {
		name: 'No Parameters',
		value: 'none',
		description: 'The definition needs none',
	},
	saved: {
		name: 'Saved Parameter Set',
		value: 'saved',
		description: 'A set that Parameter Set → Create saved before',
	},
	fields: {
		name: 'Using Fields Below',
		value: 'fields',
		description: 'Enter them one by one',
	},
	json: {
		name: 'Using JSON',
		value: 'json',
		description: 'Enter them all at once',
	},
};

/** Parameters, as typed fields. */
export const parameterValues: TypedValues = {
	one: 'Parameter',
	fieldsName: 'parametersUi',
	jsonName: 'parametersJson',
	namedBy: 'workflow definition',
	example: '{ "amount": 1000 }',
	exampleName: 'amount',
	exampleValue: '12345-A',
	advice:
		'TransactionLink may write parameters into its logs, so pass references instead of personal data',
};

function shownWhen(field: INodeProperties, way: Specified): INodeProperties {
	return { ...field, displayOptions: { show: { specifyParameters: [way] } } };
}

/**
 * The fields for parameters.
 *
 * @param ways which ways to give them the operation offers, the first one being what it starts with
 * @param savedField the field for the id of a saved set, where the operation offers that
 */
export function parameterFields(
	ways: [Specified, ...Specified[]],
	savedField?: INodeProperties,
): INodeProperties[] {
	const start = ways[0];
	return [
		{
			displayName: 'Specify Parameters',
			name: 'specifyParameters',
			type: 'options',
			options: ways.map((way) => WAYS[way]),
			default: start,
			description: 'How the parameters of the workflow definition are given',
		},
		...(savedField === undefined ? [] : [shownWhen(savedField, 'saved')]),
		shownWhen(oneByOneField(parameterValues), 'fields'),
		shownWhen(asJsonField(parameterValues), 'json'),
	];
}
