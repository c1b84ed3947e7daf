/**
 * The expected handling of a value: a request contains this text, the value is accepted (sent or left out), or it is
 * rejected with a heading that matches.
 */
export type Expected = string | 'accepted' | RegExp;

/** Values that expressions, spreadsheets and AI agents may give any field. */
export const INPUTS = {
	empty: { value: '' },
	list: { value: ['a', 'b'] },
	object: { value: { a: 1 } },
	number: { value: 70707 },
	'"true"': { value: 'true' },
	undefined: {},
	NaN: { isNaN: true },
	'{{ x }}': { value: '{{ x }}' },
	'zero-width': { value: '\u200B' },
} as const;

export type Input = keyof typeof INPUTS;
export type Kind = Readonly<Record<Input, Expected>>;

const EMPTY = /is empty$/;
const NO_VALUE = /is empty: the expression returned no value$/;
const NO_TEXT = /is incomplete: the expression returned no text$/;
const NOT_EVALUATED = /contains an expression that was not evaluated$/;
const NO_CHOICE = /is not one of its choices$/;
const NO_SWITCH = /must be true or false$/;

const text: Kind = {
	empty: 'accepted',
	list: /must be text, not a list$/,
	object: /must be text, not an object$/,
	number: '"70707"',
	'"true"': '"true"',
	undefined: 'accepted',
	NaN: NO_TEXT,
	'{{ x }}': NOT_EVALUATED,
	'zero-width': 'accepted',
};
const REQUIRED = { empty: EMPTY, undefined: NO_VALUE, 'zero-width': EMPTY } as const;

const numberText: Kind = { ...text };
const telephone: Kind = { ...text, '"true"': /is not a telephone number$/ };
const email: Kind = {
	...text,
	number: /is not an e-mail address$/,
	'"true"': /is not an e-mail address$/,
};
const language: Kind = {
	...text,
	number: /is not the code of a language$/,
	'"true"': /is not the code of a language$/,
};
const optionalId: Kind = {
	...text,
	number: '70707',
	'"true"': /is "true", which expressions leave/,
};
const id: Kind = { ...optionalId, ...REQUIRED };
const inputFile: Kind = {
	...text,
	...REQUIRED,
	number: /names a file that the item does not have$/,
	'"true"': /names a file that the item does not have$/,
};
const outputFile: Kind = { ...text, ...REQUIRED, number: 'accepted', '"true"': 'accepted' };
export const list: Kind = {
	...text,
	list: '["a","b"]',
	number: '70707',
	'"true"': 'true',
	undefined: NO_VALUE,
};
export const choice: Kind = {
	...REQUIRED,
	list: NO_CHOICE,
	object: NO_CHOICE,
	number: NO_CHOICE,
	'"true"': NO_CHOICE,
	NaN: NO_CHOICE,
	'{{ x }}': NO_CHOICE,
};
export const onOff: Kind = {
	...REQUIRED,
	list: NO_SWITCH,
	object: NO_SWITCH,
	number: NO_SWITCH,
	'"true"': 'accepted',
	NaN: NO_SWITCH,
	'{{ x }}': NO_SWITCH,
};
const number: Kind = {
	...REQUIRED,
	list: /must be a number, not a list$/,
	object: /must be a number, not an object$/,
	number: /must be a (whole )?number (from|above)/,
	'"true"': /must be a number, not text$/,
	NaN: /must be a number: the expression returned "NaN"$/,
	'{{ x }}': /must be a number, not text$/,
};
const limit: Kind = { ...number, number: 'accepted' };
const date: Kind = {
	...REQUIRED,
	list: /must be a date, not a list$/,
	object: /must be a date, not an object$/,
	number: /is not a clear date$/,
	'"true"': /is not a clear date$/,
	NaN: /is not a clear date$/,
	'{{ x }}': NOT_EVALUATED,
};
const rowJson: Kind = {
	...REQUIRED,
	list: '"field":["a","b"]',
	object: '"field":{"a":1}',
	number: '"field":70707',
	'"true"': '"field":true',
	NaN: /contains a number that JSON cannot hold$/,
	'{{ x }}': NOT_EVALUATED,
};
const jsonObject: Kind = {
	...rowJson,
	list: /must be an object, not a list$/,
	object: '{"a":1}',
	number: /must be an object, not a number$/,
	'"true"': /must be an object, not true or false$/,
};
const documents: Kind = {
	...jsonObject,
	list: /must be a JSON object or a list of objects$/,
	object: /Resource ID and Resource Path are both empty$/,
	number: /must be a JSON object or a list of objects$/,
	'"true"': /must be a JSON object or a list of objects$/,
	empty: 'accepted',
	undefined: 'accepted',
	'zero-width': 'accepted',
};
const rowName: Kind = { ...text, ...REQUIRED, number: '"70707":', '"true"': '"true":' };
const rowNumber: Kind = { ...number, number: '"field":70707' };
// In a new row, an unchanged switch contains an empty text, and n8n shows it as off.
const rowSwitch: Kind = { ...onOff, empty: '"field":false', '"true"': '"field":true' };
const rowString: Kind = {
	...text,
	empty: '"field":""',
	number: '"field":"70707"',
	'"true"': '"field":"true"',
	undefined: NO_VALUE,
	'zero-width': '"field":""',
};

const path: Kind = {
	...text,
	...REQUIRED,
	number: /does not start with a slash$/,
	'"true"': /does not start with a slash$/,
};
const queryValue: Kind = {
	...text,
	empty: 'field=',
	number: 'field=70707',
	'"true"': 'field=true',
	undefined: NO_VALUE,
	'zero-width': 'field=',
};

/** The kind of each field, by its name in the node. For the value of a row, the key also contains its type. */
export const KINDS: Readonly<Record<string, Kind>> = {
	'additionalFields.companyAddress': text,
	'additionalFields.companyName': text,
	'additionalFields.companyNumber': numberText,
	'additionalFields.documents.values.resourceId': text,
	'additionalFields.documents.values.resourceName': text,
	'additionalFields.documents.values.resourcePath': text,
	'additionalFields.documentsJson': documents,
	'additionalFields.email': email,
	'additionalFields.firstName': text,
	'additionalFields.lastName': text,
	'additionalFields.personalNumber': numberText,
	'additionalFields.phoneCountryCode': telephone,
	'additionalFields.phoneNumber': telephone,
	// The node requests the list of attachments first, and the sandbox has none for the record.
	attachmentId: { ...id, number: 'accepted' },
	'attachment.get binaryPropertyName': outputFile,
	binaryPropertyName: inputFile,
	bodyJson: {
		...jsonObject,
		list: '["a","b"]',
		number: /must be an object or a list, not a number$/,
		'"true"': /must be an object or a list, not true or false$/,
	},
	caseId: id,
	columnsJson: jsonObject,
	'columnsUi.values.name': rowName,
	'columnsUi.values.type': choice,
	'columnsUi.values.value (boolean)': rowSwitch,
	'columnsUi.values.value (json)': rowJson,
	'columnsUi.values.value (number)': rowNumber,
	'columnsUi.values.value (string)': rowString,
	email: { ...email, ...REQUIRED },
	expires: choice,
	expiresAt: date,
	expiresInHours: number,
	language,
	limit,
	linkFor: choice,
	locale: { ...language, ...REQUIRED },
	maxWaitMinutes: number,
	method: choice,
	'options.apiVersion': choice,
	'options.failWhenRunFails': onOff,
	'options.itemsAtOnce': number,
	'link parametersId': optionalId,
	parametersId: id,
	parametersJson: jsonObject,
	'parametersUi.values.name': rowName,
	'parametersUi.values.type': choice,
	'parametersUi.values.value (boolean)': rowSwitch,
	'parametersUi.values.value (json)': rowJson,
	'parametersUi.values.value (number)': rowNumber,
	'parametersUi.values.value (string)': rowString,
	path,
	'queryUi.values.name': { ...rowName, number: '70707=', '"true"': 'true=' },
	'queryUi.values.value': queryValue,
	recordId: id,
	returnAll: onOff,
	runFor: choice,
	sendBody: onOff,
	simplify: onOff,
	specifyColumns: choice,
	specifyParameters: choice,
	tableId: id,
	tags: list,
	'token parametersId': optionalId,
	waitForCompletion: onOff,
	workflowDefinitionId: id,
	'workflow.start recordId': optionalId,
	workflowId: id,
};
