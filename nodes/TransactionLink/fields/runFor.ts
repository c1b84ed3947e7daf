import type { INodeProperties } from 'n8n-workflow';
import type { NewCase } from '../../shared/api/endpoints';
import type { ItemContext } from '../operation';
import { caseFields, readCaseFields } from './caseFields';
import { caseIdentifier, identifierField, readIdentifier, recordIdentifier } from './identifier';
import { validationError } from './validationError';

/** Whom a run is for, as the panel says it. */
export type Subject =
	| { kind: 'case'; caseId: string }
	| { kind: 'newCase'; newCase: NewCase }
	| { kind: 'record'; recordId: string }
	| { kind: 'nothing' };

function shownFor(kind: Subject['kind'], field: INodeProperties): INodeProperties {
	return { ...field, displayOptions: { show: { runFor: [kind] } } };
}

/** The choice, and the fields of each. */
export const runForFields: INodeProperties[] = [
	{
		displayName: 'Run For',
		name: 'runFor',
		type: 'options',
		options: [
			{
				name: 'Existing Case',
				value: 'case',
				description: 'A case that was created before',
			},
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
				description: 'A record in a table, for workspaces that have no cases any more',
			},
		],
		default: 'case',
		description: 'What the workflow is run for',
	},
	shownFor('case', identifierField(caseIdentifier)),
	shownFor('record', identifierField(recordIdentifier)),
	shownFor('newCase', caseFields),
];

/**
 * Reads whom a run is for, for one item.
 *
 * @throws NodeOperationError when it cannot be sent like this
 */
export function readSubject(item: ItemContext): Subject {
	const runFor: unknown = item.context.getNodeParameter('runFor', item.index, 'case');
	switch (runFor) {
		case 'case':
			return { kind: 'case', caseId: readIdentifier(item, caseIdentifier) };
		case 'newCase':
			return { kind: 'newCase', newCase: readCaseFields(item) };
		case 'record':
			return { kind: 'record', recordId: readIdentifier(item, recordIdentifier) };
		case 'nothing':
			return { kind: 'nothing' };
		default:
			throw validationError(
				item,
				'Run For',
				'is not one of its choices',
				'Choose one from the list; an expression has to give case, newCase, record or nothing',
			);
	}
}
