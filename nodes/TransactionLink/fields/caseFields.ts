import type { INodeProperties } from 'n8n-workflow';
import { isObject } from '../../shared/answer';
import type { Document, NewCase } from '../../shared/calls';
import type { Item } from '../operation';
import { checkEmail } from './email';
import { refusal } from './refusal';

const textField = (displayName: string, name: string, placeholder: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder: `e.g. ${placeholder}`,
});

/** What the upload of a file gave, under the same name. */
const uploadField = (displayName: string, name: string, placeholder: string): INodeProperties => ({
	...textField(displayName, name, placeholder),
	description: `The field "${name}" in the output of File → Upload`,
});

const documentField: INodeProperties = {
	displayName: 'Documents',
	name: 'documents',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Document',
	default: {},
	description: 'Files that were uploaded with File → Upload',
	options: [
		{
			displayName: 'Document',
			name: 'values',
			values: [
				uploadField('Resource ID', 'resourceId', '0b1c2d3e-4f50-4617-8a9b-0c1d2e3f4a5b'),
				uploadField('Resource Name', 'resourceName', 'passport.pdf'),
				uploadField('Resource Path', 'resourcePath', '/resources/passport.pdf'),
			],
		},
	],
};

/** Who the case is about. Everything is optional, in the API as well (`NewCase` of the contract). */
export const caseFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description: 'What is known about the person or the company',
	options: [
		textField('Company Address', 'companyAddress', 'Storgatan 1, 111 22 Stockholm'),
		textField('Company Name', 'companyName', 'Nordlys AB'),
		{
			...textField('Company Number', 'companyNumber', '556012-5790'),
			description: 'The number in the company register, with its leading zeros',
		},
		documentField,
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			default: '',
			placeholder: 'name@email.com',
		},
		textField('First Name', 'firstName', 'Nathan'),
		textField('Last Name', 'lastName', 'Lindqvist'),
		{
			...textField('Personal Number', 'personalNumber', '19900101-2384'),
			description: 'The national number of the person, with its leading zeros',
		},
		textField('Phone Country Code', 'phoneCountryCode', '46'),
		textField('Phone Number', 'phoneNumber', '701234567'),
	],
};

const TEXTS = {
	firstName: 'First Name',
	lastName: 'Last Name',
	personalNumber: 'Personal Number',
	companyName: 'Company Name',
	companyNumber: 'Company Number',
	companyAddress: 'Company Address',
} as const;

const DOCUMENT_TEXTS = {
	resourceId: 'Resource ID',
	resourceName: 'Resource Name',
	resourcePath: 'Resource Path',
} as const;

/**
 * Numbers become texts: all of these are strings in the contract, and an expression over a table gives
 * numbers for what looks like one.
 */
function readText(item: Item, value: unknown, label: string): string {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return value.trim();
	if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
	throw refusal(item, label, 'is not a text', 'Enter a text, or an expression that gives one');
}

function readTexts<Name extends string>(
	item: Item,
	values: Record<string, unknown>,
	labels: Readonly<Record<Name, string>>,
): Partial<Record<Name, string>> {
	const texts: Partial<Record<Name, string>> = {};
	for (const name in labels) {
		const text = readText(item, values[name], labels[name]);
		if (text !== '') texts[name] = text;
	}
	return texts;
}

function readDocument(item: Item, row: unknown): Document {
	const document = readTexts(item, isObject(row) ? row : {}, DOCUMENT_TEXTS);
	if (document.resourceId === undefined && document.resourcePath === undefined) {
		throw refusal(
			item,
			'Documents',
			'holds a document without Resource ID and Resource Path',
			'Enter what File → Upload gave for the file',
		);
	}
	return document;
}

function readDocuments(item: Item, entered: unknown): Document[] {
	const rows = isObject(entered) && Array.isArray(entered.values) ? entered.values : [];
	return rows.map((row: unknown) => readDocument(item, row));
}

/**
 * Reads the case's fields for one item. What was left empty is left out.
 *
 * @returns the body of `POST /cases`
 * @throws NodeOperationError naming the field that cannot be sent like this
 */
export function readCaseFields(item: Item): NewCase {
	const given: unknown = item.context.getNodeParameter('additionalFields', item.index, {});
	const entered = isObject(given) ? given : {};
	const email = readText(item, entered.email, 'Email');
	if (email !== '') checkEmail(item, email);
	const countryCode = readText(item, entered.phoneCountryCode, 'Phone Country Code');
	const number = readText(item, entered.phoneNumber, 'Phone Number');
	const phone = {
		...(countryCode === '' ? {} : { countryCode }),
		...(number === '' ? {} : { number }),
	};
	const documents = readDocuments(item, entered.documents);
	const newCase: NewCase = {
		...readTexts(item, entered, TEXTS),
		...(email === '' ? {} : { email }),
		...(Object.keys(phone).length === 0 ? {} : { phone }),
		...(documents.length === 0 ? {} : { documents }),
	};
	// A case of which nothing is known yet may be wanted. One whose every field came to nothing is not.
	if (Object.keys(entered).length > 0 && Object.keys(newCase).length === 0) {
		throw refusal(item, 'Additional Fields', 'are all empty', 'Fill in at least one of them, or remove them all; check what their expressions find');
	}
	return newCase;
}
