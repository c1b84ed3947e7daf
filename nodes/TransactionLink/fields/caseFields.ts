import type { INodeProperties } from 'n8n-workflow';
import { isObject } from '../../shared/json';
import type { NewCase } from '../../shared/api/endpoints';
import type { ItemContext } from '../operation';
import { documentFields, readDocuments } from './documentFields';
import { checkEmail } from './email';
import { validationError } from './validationError';
import { readText, readTexts, textField } from './texts';

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
		...documentFields,
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

/**
 * Reads the case's fields for one item. What was left empty is left out.
 *
 * @returns the body of `POST /cases`
 * @throws NodeOperationError naming the field that cannot be sent like this
 */
export function readCaseFields(item: ItemContext): NewCase {
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
	const documents = readDocuments(item, entered);
	const newCase: NewCase = {
		...readTexts(item, entered, TEXTS),
		...(email === '' ? {} : { email }),
		...(Object.keys(phone).length === 0 ? {} : { phone }),
		...(documents.length === 0 ? {} : { documents }),
	};
	// A case of which nothing is known yet may be wanted. One whose every field came to nothing is not.
	if (Object.keys(entered).length > 0 && Object.keys(newCase).length === 0) {
		throw validationError(
			item,
			'Additional Fields',
			'are all empty',
			'Fill in at least one of them, or remove them all; check what their expressions find',
		);
	}
	return newCase;
}
