import type {
	ICredentialType,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';

import type { Built } from './built.mts';

/**
 * What a text is in the panel: a label of a field or an option; an option in the wide dialog of a credential; a
 * button; an example in an empty field; a
 * description, hint or other sentence; what a choice in a list means; an action in the list of nodes.
 */
export type Kind =
	| 'label'
	| 'wideLabel'
	| 'button'
	| 'placeholder'
	| 'sentence'
	| 'choice'
	| 'action';

/** One text that a person reads. */
export interface Text {
	/** Where it is shown, from the node down to the field. */
	where: string;
	kind: Kind;
	text: string;
}

/** One field of a panel, wherever it is nested. */
export interface Field {
	where: string;
	property: INodeProperties;
}

type Inside = INodeProperties | INodePropertyCollection | INodePropertyOptions;

const isField = (one: Inside): one is INodeProperties => 'type' in one;
const isGroup = (one: Inside): one is INodePropertyCollection => 'values' in one;
/** What a person chooses from: not a field, not a group of fields. */
export const isChoice = (one: Inside): one is INodePropertyOptions =>
	!isField(one) && !isGroup(one);

/** All fields of a panel, those inside collections too. */
export function fieldsOf(where: string, properties: INodeProperties[]): Field[] {
	return properties.flatMap((property) => {
		const { resource = [], operation = [] } = property.displayOptions?.show ?? {};
		const place = [where, ...resource, ...operation, property.displayName.slice(0, 40)].join(' > ');
		const inside = (property.options ?? []).flatMap((one) => {
			if (isField(one)) return fieldsOf(place, [one]);
			return isGroup(one) ? fieldsOf(`${place} > ${one.displayName}`, one.values) : [];
		});
		return [{ where: place, property }, ...inside];
	});
}

type Maybe = Omit<Text, 'text'> & { text: string | undefined };

function textsOfField({ where, property }: Field): Maybe[] {
	const { displayName, description, hint, placeholder, type, options = [] } = property;
	const isButton = type === 'collection' || type === 'fixedCollection';
	return [
		{
			where: `${where} (label)`,
			kind: type === 'notice' ? 'sentence' : 'label',
			text: displayName,
		},
		{ where: `${where} (description)`, kind: 'sentence', text: description },
		{ where: `${where} (hint)`, kind: 'sentence', text: hint },
		{
			where: `${where} (placeholder)`,
			kind: isButton ? 'button' : 'placeholder',
			text: placeholder,
		},
		...options.flatMap((one): Maybe[] => {
			if (isField(one)) return [];
			if (isGroup(one))
				return [{ where: `${where} (group)`, kind: 'label', text: one.displayName }];
			return [
				{ where: `${where} > ${one.name} (name)`, kind: 'label', text: one.name },
				{ where: `${where} > ${one.name} (description)`, kind: 'choice', text: one.description },
				{ where: `${where} > ${one.name} (action)`, kind: 'action', text: one.action },
			];
		}),
	];
}

function textsOfNode(node: INodeTypeDescription): Maybe[] {
	const { displayName: where, description, eventTriggerDescription, activationMessage } = node;
	return [
		{ where, kind: 'label', text: where },
		{ where: `${where} (description)`, kind: 'sentence', text: description },
		{ where: `${where} (waiting for an event)`, kind: 'sentence', text: eventTriggerDescription },
		{
			where: `${where} (published)`,
			kind: 'sentence',
			text: typeof activationMessage === 'string' ? activationMessage : undefined,
		},
		...fieldsOf(where, node.properties).flatMap(textsOfField),
	];
}

function textsOfCredential({ displayName: where, properties, test }: ICredentialType): Maybe[] {
	return [
		{ where, kind: 'label', text: where },
		...fieldsOf(where, properties)
			.flatMap(textsOfField)
			.map((one): Maybe => (one.where.endsWith('(name)') ? { ...one, kind: 'wideLabel' } : one)),
		...(test?.rules ?? []).map(
			({ properties: { message } }): Maybe => ({
				where: `${where} (test)`,
				kind: 'sentence',
				text: message,
			}),
		),
	];
}

/** Every field of both nodes and the credential. */
export function allFields({ action, trigger, credential }: Built): Field[] {
	return [action, trigger, credential].flatMap(({ displayName, properties }) =>
		fieldsOf(displayName, properties),
	);
}

/** Every text of both nodes and the credential that a person reads. */
export function allTexts({ action, trigger, credential }: Built): Text[] {
	return [
		...textsOfNode(action),
		...textsOfNode(trigger),
		...textsOfCredential(credential),
	].flatMap(({ text, ...rest }) => (text === undefined ? [] : [{ ...rest, text }]));
}
