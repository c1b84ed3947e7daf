import { choiceField, type Choice } from '../../shared/fields/choice';
import { showWhen, type Field } from '../../shared/fields/field';
import { typedValues } from '../../shared/fields/typedValues';

/** How the parameters of a definition are specified. */
export type Specified = 'none' | 'saved' | 'fields' | 'json';

const CHOICES: Readonly<Record<Specified, Omit<Choice<Specified>, 'value'>>> = {
	none: { name: 'No Parameters', description: 'The definition needs none' },
	saved: {
		name: 'Saved Parameter Set',
		description: 'A set that Parameter Set → Create saved before',
	},
	fields: { name: 'Using Fields Below', description: 'Enter them one by one' },
	json: { name: 'Using JSON', description: 'Enter them all at once' },
};

/** The choice of how parameters are specified. @param ways of the operation, its default first */
export function specifyParametersField<Way extends Specified>(
	...ways: [Way, ...Way[]]
): Field<Way> {
	return choiceField(
		{
			name: 'specifyParameters',
			label: 'Specify Parameters',
			description: 'How the parameters of the workflow definition are given',
			default: ways[0],
		},
		ways.map((value) => ({ ...CHOICES[value], value })),
	);
}

const { rows, json } = typedValues({
	one: 'Parameter',
	rowsName: 'parametersUi',
	jsonName: 'parametersJson',
	namedBy: 'workflow definition',
	example: '{ "amount": 1000 }',
	exampleName: 'amount',
	exampleValue: '12345-A',
	advice:
		'TransactionLink may write parameters into its logs, so pass references instead of personal data',
});

/** Parameters, specified one by one or as JSON. */
export const parameters = {
	fields: showWhen({ specifyParameters: ['fields'] }, rows),
	json: showWhen({ specifyParameters: ['json'] }, json),
};
