import type { INodeProperties } from 'n8n-workflow';

/** Named values that a person gives one by one, each with its type, or all at once as JSON. */
export interface TypedValues {
	/** The name of one in the panel: "Parameter". */
	one: string;
	/** The names of the two fields. */
	fieldsName: string;
	jsonName: string;
	/** Who says what they are called: "workflow definition". */
	namedBy: string;
	/** An object of some. */
	example: string;
	/** The name and the value of one. */
	exampleName: string;
	exampleValue: string;
	/** What to mind, as a sentence without a full stop. */
	advice: string;
}

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

/** The field for giving them one by one, with an editor for each type. */
export function oneByOneField(values: TypedValues): INodeProperties {
	return {
		displayName: `${values.one}s`,
		name: values.fieldsName,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: `Add ${values.one}`,
		default: {},
		description: values.advice,
		options: [
			{
				displayName: values.one,
				name: 'values',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: `e.g. ${values.exampleName}`,
						description: `As the ${values.namedBy} calls it`,
					},
					{
						displayName: 'Type',
						name: 'type',
						type: 'options',
						options: [
							{ name: 'Boolean', value: 'boolean', description: 'True or false' },
							{ name: 'JSON', value: 'json', description: 'A list or an object' },
							{
								name: 'Number',
								value: 'number',
								description: 'A number that may be reckoned with',
							},
							{
								name: 'String',
								value: 'string',
								description: 'A text, also digits that must stay as they are',
							},
						],
						default: 'string',
						description: 'Use String for numbers with leading zeros, such as a personal number',
					},
					valueField('number', { type: 'number', default: 0 }),
					valueField('boolean', {
						type: 'boolean',
						default: false,
						description: `Whether the ${values.one.toLowerCase()} is true`,
					}),
					valueField('json', { type: 'json', default: '{}', description: 'A list or an object' }),
					// The last of one name: n8n's editor gives a new row the default of that one, whatever its type.
					valueField('string', { placeholder: `e.g. ${values.exampleValue}` }),
				],
			},
		],
	};
}

/** The field for giving all of them at once. */
export function asJsonField(values: TypedValues): INodeProperties {
	return {
		displayName: `${values.one}s (JSON)`,
		name: values.jsonName,
		type: 'json',
		default: '{}',
		placeholder: `e.g. ${values.example}`,
		description: `An object with a field for each ${values.one.toLowerCase()}. ${values.advice}.`,
	};
}
