import type { INodeProperties } from 'n8n-workflow';
import type { Purpose, Request } from '../../shared/api/request';
import type { components } from '../../shared/contract/wire.generated';
import type { ItemContext } from '../operation';
import {
	caseIdentifier,
	definitionIdentifier,
	identifierField,
	optionalIdentifierField,
	parametersIdentifier,
	readIdentifier,
	readOptionalIdentifier,
	recordIdentifier,
} from './identifier';
import { LOCALE, LOCALE_EXPECTED } from './locale';
import { validationError } from './validationError';

type Schemas = components['schemas'];

/** Whom a link or a widget token is for: a case with v1 of the API, a record with v2. */
export type LinkFor = 'case' | 'record';

/** A field that only a link for one of the two has. */
export function shownForLinkFor(linkFor: LinkFor, field: INodeProperties): INodeProperties {
	return { ...field, displayOptions: { show: { linkFor: [linkFor] } } };
}

/** The fields that links and widget tokens share. */
export const linkFields: INodeProperties[] = [
	{
		displayName: 'Link For',
		name: 'linkFor',
		type: 'options',
		options: [
			{ name: 'Case', value: 'case', description: 'A case that was created before' },
			{
				name: 'Record',
				value: 'record',
				description: 'A record in a table, for workspaces that have no cases any more',
			},
		],
		default: 'case',
		description: 'What the end user is asked about',
	},
	shownForLinkFor('case', identifierField(caseIdentifier)),
	shownForLinkFor('record', identifierField(recordIdentifier)),
	identifierField(definitionIdentifier),
	{
		...optionalIdentifierField(parametersIdentifier),
		description: 'Only for definitions that take parameters',
	},
	{
		displayName: 'Language',
		name: 'language',
		type: 'string',
		default: '',
		placeholder: 'e.g. sv',
		description:
			'The language that the end user sees. Leave it empty for the language of the definition.',
	},
];

function readLanguage(item: ItemContext): string | undefined {
	const value: unknown = item.context.getNodeParameter('language', item.index, '');
	const language = typeof value === 'string' ? value.trim() : '';
	if (language === '') return undefined;
	if (!LOCALE.test(language))
		throw validationError(item, 'Language', 'is not the code of a language', LOCALE_EXPECTED);
	return language;
}

function readLinkFor(item: ItemContext): LinkFor {
	const value: unknown = item.context.getNodeParameter('linkFor', item.index, 'case');
	if (value === 'case' || value === 'record') return value;
	throw validationError(
		item,
		'Link For',
		'is not one of its choices',
		'Choose one from the list; an expression has to give case or record',
	);
}

/** What a link or a widget token is made from, ready for its call. */
export interface LinkRequest {
	linkFor: LinkFor;
	body: Schemas['LinkForCase'] | Schemas['LinkForRecord'];
	version: Pick<Request, 'version'>;
	ids: NonNullable<Purpose['ids']>;
}

/**
 * Reads for one item what a link or a widget token is made from.
 *
 * @throws NodeOperationError when it cannot be sent like this
 */
export function readLinkRequest(item: ItemContext): LinkRequest {
	const linkFor = readLinkFor(item);
	const identifier = linkFor === 'case' ? caseIdentifier : recordIdentifier;
	const id = readIdentifier(item, identifier);
	const workflowDefinitionId = readIdentifier(item, definitionIdentifier);
	const parametersId = readOptionalIdentifier(item, parametersIdentifier);
	const lang = readLanguage(item);
	const rest = {
		workflowDefinitionId,
		...(parametersId === undefined ? {} : { parametersId }),
		...(lang === undefined ? {} : { lang }),
	};
	return {
		linkFor,
		body: linkFor === 'case' ? { caseId: id, ...rest } : { recordId: id, ...rest },
		version: linkFor === 'case' ? {} : { version: 2 },
		ids: {
			workflowDefinitionId,
			[identifier.name]: id,
			...(parametersId === undefined ? {} : { parametersId }),
		},
	};
}
