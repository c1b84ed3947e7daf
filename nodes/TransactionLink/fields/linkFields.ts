import type { Purpose, Request } from '../../shared/api/request';
import type { components } from '../../shared/contract/wire.generated';
import { choiceField } from '../../shared/fields/choice';
import { showWhen, type Field, type FieldContext } from '../../shared/fields/field';
import { defined } from '../../shared/json';
import {
	caseIdField,
	definitionIdField,
	optionalParametersIdField,
	recordIdField,
} from './identifiers';
import { languageField } from './locale';

type Schemas = components['schemas'];

const linkFor = choiceField(
	{
		name: 'linkFor',
		label: 'Case or Record',
		description: 'Whether it is for a case or a record',
		default: 'case',
	},
	[
		{ name: 'Case', value: 'case', description: 'A case that was created before' },
		{
			name: 'Record',
			value: 'record',
			description: 'A record in a table, for workspaces that no longer have cases',
		},
	],
);

/** The fields that links and widget tokens share. */
export const linkFields: ReadonlyArray<Field<unknown>> = [
	linkFor,
	showWhen({ linkFor: ['case'] }, caseIdField),
	showWhen({ linkFor: ['record'] }, recordIdField),
	definitionIdField,
	{
		...optionalParametersIdField,
		property: {
			...optionalParametersIdField.property,
			description: 'Only for definitions that take parameters',
		},
	},
	languageField,
];

/** The request for a link or a widget token: with v1 for a case, with v2 for a record. */
export interface LinkRequest {
	linkFor: 'case' | 'record';
	request: Pick<Request, 'method' | 'version'> & {
		body: Schemas['LinkForCase'] | Schemas['LinkForRecord'];
	};
	ids: NonNullable<Purpose['ids']>;
}

function readCommon(context: FieldContext) {
	const workflowDefinitionId = definitionIdField.read(context);
	const parametersId = optionalParametersIdField.read(context);
	const lang = languageField.read(context);
	return { workflowDefinitionId, ...defined({ parametersId, lang }) };
}

/** Reads the request for a link or a widget token. @throws NodeOperationError when a field is invalid */
export function readLinkRequest(context: FieldContext): LinkRequest {
	const chosen = linkFor.read(context);
	if (chosen === 'case') {
		const body = { caseId: caseIdField.read(context), ...readCommon(context) };
		return { linkFor: chosen, request: { method: 'POST', body }, ids: body };
	}
	const body = { recordId: recordIdField.read(context), ...readCommon(context) };
	return { linkFor: chosen, request: { method: 'POST', body, version: 2 }, ids: body };
}
