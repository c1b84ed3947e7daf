import { choiceField } from '../../shared/fields/choice';
import type { Field } from '../../shared/fields/field';
import { option } from './options';

const choice = option(
	choiceField(
		{
			name: 'apiVersion',
			label: 'API Version',
			description: 'Which version of the API responds where a path has several',
			default: 'v1',
		},
		[
			{ name: 'Version 1', value: 'v1', description: 'What the API takes by default' },
			{
				name: 'Version 2',
				value: 'v2',
				description: 'For runs that were started for a record, or for nothing',
			},
		],
	),
);

/** The version of the API, for paths that v1 and v2 share. v3 has its own paths, and ignores it. */
export const apiVersionOption: Field<2 | undefined> = {
	...choice,
	read: (context) => (choice.read(context) === 'v2' ? 2 : undefined),
};
