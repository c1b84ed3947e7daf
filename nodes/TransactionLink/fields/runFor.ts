import type { NewCase } from '../../shared/api/endpoints';
import { choiceField } from '../../shared/fields/choice';
import { showWhen, type Field, type FieldContext } from '../../shared/fields/field';
import { caseFields } from './caseFields';
import { caseIdField, recordIdField } from './identifiers';

/** The subject of a run. */
export type Subject =
	| { kind: 'case'; caseId: string }
	| { kind: 'newCase'; newCase: NewCase }
	| { kind: 'record'; recordId: string }
	| { kind: 'nothing' };

const runFor = choiceField<Subject['kind']>(
	{
		name: 'runFor',
		label: 'Run For',
		description: 'What the workflow is run for',
		default: 'case',
	},
	[
		{ name: 'Existing Case', value: 'case', description: 'A case that was created before' },
		{
			name: 'New Case',
			value: 'newCase',
			description: 'A case that is created first, from the fields below',
		},
		{
			name: 'Nothing',
			value: 'nothing',
			description: 'The definition needs neither case nor record',
		},
		{
			name: 'Record',
			value: 'record',
			description: 'A record in a table, for workspaces that no longer have cases',
		},
	],
);

/** The choice, and the fields of each. */
export const runForFields: ReadonlyArray<Field<unknown>> = [
	runFor,
	showWhen({ runFor: ['case'] }, caseIdField),
	showWhen({ runFor: ['record'] }, recordIdField),
	showWhen({ runFor: ['newCase'] }, caseFields),
];

function readNewCase(context: FieldContext): NewCase {
	const newCase = caseFields.read(context);
	if (Object.keys(newCase).length > 0) return newCase;
	throw context.rejection(
		'A new case needs at least one field',
		'Fill in a field under Additional Fields, such as Company Name or Email',
	);
}

/** Reads the subject of a run. @throws NodeOperationError when a field is invalid */
export function readSubject(context: FieldContext): Subject {
	const kind = runFor.read(context);
	switch (kind) {
		case 'case':
			return { kind, caseId: caseIdField.read(context) };
		case 'newCase':
			return { kind, newCase: readNewCase(context) };
		case 'record':
			return { kind, recordId: recordIdField.read(context) };
		case 'nothing':
			return { kind };
	}
}
