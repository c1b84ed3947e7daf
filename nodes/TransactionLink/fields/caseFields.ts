import type { NewCase } from '../../shared/api/endpoints';
import { collectionField } from '../../shared/fields/collection';
import { emailField } from '../../shared/fields/email';
import type { Field, FieldContext } from '../../shared/fields/field';
import { numberTextField, telephoneField } from '../../shared/fields/numberText';
import { textField } from '../../shared/fields/text';
import { defined } from '../../shared/json';
import { documentFields, readDocuments } from './documentFields';

const email = emailField();

const texts = {
	companyAddress: textField({
		name: 'companyAddress',
		label: 'Company Address',
		placeholder: 'Storgatan 1, 111 22 Stockholm',
	}),
	companyName: textField({ name: 'companyName', label: 'Company Name', placeholder: 'Nordlys AB' }),
	companyNumber: numberTextField({
		name: 'companyNumber',
		label: 'Company Number',
		placeholder: '556012-5790',
		description:
			'The number in the company register. Keep it as text in spreadsheets: a number loses its leading zeros.',
	}),
	firstName: textField({ name: 'firstName', label: 'First Name', placeholder: 'Nathan' }),
	lastName: textField({ name: 'lastName', label: 'Last Name', placeholder: 'Lindqvist' }),
	personalNumber: numberTextField({
		name: 'personalNumber',
		label: 'Personal Number',
		placeholder: '19900101-2384',
		description:
			'The national number of the person. Keep it as text in spreadsheets: a number loses its leading zeros.',
	}),
};

const phone = {
	countryCode: telephoneField({
		name: 'phoneCountryCode',
		label: 'Phone Country Code',
		placeholder: '46',
	}),
	number: telephoneField({ name: 'phoneNumber', label: 'Phone Number', placeholder: '701234567' }),
};

function readNewCase(context: FieldContext): NewCase {
	const phoneParts = defined({
		countryCode: phone.countryCode.read(context),
		number: phone.number.read(context),
	});
	const documents = readDocuments(context);
	return defined({
		firstName: texts.firstName.read(context),
		lastName: texts.lastName.read(context),
		personalNumber: texts.personalNumber.read(context),
		companyName: texts.companyName.read(context),
		companyNumber: texts.companyNumber.read(context),
		companyAddress: texts.companyAddress.read(context),
		email: email.read(context),
		phone: Object.keys(phoneParts).length === 0 ? undefined : phoneParts,
		documents: documents.length === 0 ? undefined : documents,
	});
}

/** In the order of the panel. */
const allFields: ReadonlyArray<Field<unknown>> = [
	texts.companyAddress,
	texts.companyName,
	texts.companyNumber,
	...documentFields,
	email,
	texts.firstName,
	texts.lastName,
	texts.personalNumber,
	phone.countryCode,
	phone.number,
];

/** The person or company of a case. Every field is optional, as in the API (`NewCase` of the contract). */
export const caseFields = collectionField<NewCase>(
	{
		name: 'additionalFields',
		label: 'Additional Fields',
		button: 'Add Field',
		description: 'Details of the person or the company',
		shownByDefault: [
			texts.companyName,
			texts.companyNumber,
			texts.firstName,
			texts.lastName,
			email,
		].map(({ property }) => property.name),
	},
	allFields,
	(context) => {
		const newCase = readNewCase(context);
		const areExpressions = allFields.some(({ property }) => context.isExpression(property.name));
		// A case without any field may be intended, but not if every expression returned nothing.
		if (areExpressions && Object.keys(newCase).length === 0) {
			throw context.rejection(
				'Additional Fields are all empty',
				'Fill in at least one of them, or remove the expressions; check what they return',
			);
		}
		return newCase;
	},
);
