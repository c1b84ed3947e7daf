import type { Request } from '../../../shared/api/request';
import { choiceField } from '../../../shared/fields/choice';
import { rowsField } from '../../../shared/fields/collection';
import {
	emptiness,
	field,
	required,
	showWhen,
	type Field,
	type Reader,
} from '../../../shared/fields/field';
import { readJson } from '../../../shared/fields/json';
import { switchField } from '../../../shared/fields/switch';
import { kindOf, readName, readText, textField, textProperty } from '../../../shared/fields/text';
import { defined } from '../../../shared/json';
import { apiVersionOption } from '../../fields/apiVersion';
import { limit, returnAll } from '../../fields/limit';
import type { ItemContext } from '../../operation';
import { pathField } from './requestPath';

type Method = 'DELETE' | 'GET' | 'PATCH' | 'POST' | 'PUT';

const WITH_BODY: Method[] = ['DELETE', 'PATCH', 'POST', 'PUT'];

const method = choiceField<Method>(
	{ name: 'method', label: 'Method', description: 'What the request does', default: 'GET' },
	[
		{ name: 'DELETE', value: 'DELETE' },
		{ name: 'GET', value: 'GET' },
		{ name: 'PATCH', value: 'PATCH' },
		{ name: 'POST', value: 'POST' },
		{ name: 'PUT', value: 'PUT' },
	],
);

/** Values of a query: any text, also an empty one, and true or false. */
const readQueryValue: Reader<string> = (value, reading) => {
	if (value === undefined || value === null) throw reading.reject(emptiness(value));
	return readText(typeof value === 'boolean' ? String(value) : value, reading) ?? '';
};

const queryName = textField({ name: 'name', label: 'Name', placeholder: 'size' }, readName);

const queryValue = field(
	textProperty({ name: 'value', label: 'Value', placeholder: '100' }),
	'Enter text, or an expression that returns text',
	readQueryValue,
);

const query = rowsField(
	{
		name: 'queryUi',
		label: 'Query Parameters',
		one: 'Query Parameter',
		button: 'Add Query Parameter',
		description: 'A name may be given several times',
	},
	[queryName, queryValue],
	(context): [string, string] => [required(queryName).read(context), queryValue.read(context)],
);

const sendBody = switchField('sendBody', 'Send Body', false, 'Whether the request has a JSON body');

const body: Field<object> = field(
	{
		displayName: 'Body (JSON)',
		name: 'bodyJson',
		type: 'json',
		default: '{}',
		description: 'An object or a list',
	},
	'Enter an object or a list',
	(value, reading) => {
		const json = readJson(value, reading);
		if (json === undefined) throw reading.reject(emptiness(value));
		if (typeof json === 'object' && json !== null) return json;
		throw reading.reject(`must be an object or a list, not ${kindOf(json)}`);
	},
);

/** The fields of a request. */
export const requestFields: ReadonlyArray<Field<unknown>> = [
	method,
	pathField,
	query,
	showWhen({ method: WITH_BODY }, sendBody),
	showWhen({ method: WITH_BODY, sendBody: [true] }, body),
	showWhen({ method: ['GET'] }, returnAll),
	showWhen({ method: ['GET'], returnAll: [false] }, limit),
];

/** Reads the request. Its purpose contains neither path nor query, because they may contain values. */
export function readRequest(item: ItemContext): Request {
	const chosen = method.read(item);
	const isWithBody = sendBody.read(item);
	if (isWithBody && chosen === 'GET')
		throw item.rejection('Send Body is on for a GET', 'Switch it off, or choose another method');
	return {
		method: chosen,
		path: pathField.read(item),
		query: query.read(item),
		...(isWithBody ? { body: body.read(item) } : {}),
		...defined({ version: apiVersionOption.read(item) }),
		purpose: { action: `carry out the ${chosen} request`, isPathEntered: true },
	};
}
