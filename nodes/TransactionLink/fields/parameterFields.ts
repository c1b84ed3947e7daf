import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

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

function valueField(type: string, field: Partial<INodeProperties>): INodeProperties {
	return {
		displayName: 'Value',
		name: 'value',
		type: 'string',
		default: '',
		displayOptions: { show: { type: [type] } },
		...field,
	};
}

const oneByOne: INodeProperties = {
	displayName: 'Parameters',
	name: 'parametersUi',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Parameter',
	default: {},
	description:
		'TransactionLink may write parameters into its logs, so pass references instead of personal data',
	options: [
		{
			displayName: 'Parameter',
			name: 'values',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. amount',
					description: 'As the workflow definition calls it',
				},
				{
					displayName: 'Type',
					name: 'type',
					type: 'options',
					options: [
						{ name: 'Boolean', value: 'boolean' },
						{ name: 'JSON', value: 'json' },
						{ name: 'Number', value: 'number' },
						{ name: 'String', value: 'string' },
					],
					default: 'string',
					description: 'Use String for numbers with leading zeros, such as a personal number',
				},
				valueField('string', { placeholder: 'e.g. 12345-A' }),
				valueField('number', { type: 'number', default: 0 }),
				valueField('boolean', { type: 'boolean', default: false, description: 'Whether the parameter is true' }),
				valueField('json', { type: 'json', default: '{}', description: 'A list or an object' }),
			],
		},
	],
};

const asJson: INodeProperties = {
	displayName: 'Parameters (JSON)',
	name: 'parametersJson',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. { "amount": 1000, "currency": "SEK" }',
	description:
		'An object with a field for each parameter. TransactionLink may write parameters into its logs, so pass references instead of personal data.',
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
		shownWhen(oneByOne, 'fields'),
		shownWhen(asJson, 'json'),
	];
}
