import type { IDataObject } from 'n8n-workflow';
import { isErrorBody } from '../contract/errorBody';
import { isOversized } from '../http/bounds';
import { isWebPage, type Response } from '../http/response';
import { isJsonObject } from '../json';
import { responseError, unreadable, unusable } from './errors';
import type { Sent } from './sent';

/**
 * Checks that a response is a success that can be output.
 *
 * @throws NodeApiError with a message for the user when it is not
 */
export function successful(sent: Sent, response: Response): Response {
	const isSuccess = response.status >= 200 && response.status <= 299;
	if (!isSuccess || isErrorBody(response.body) || isWebPage(response))
		throw responseError(sent, response);
	if (isOversized(response)) throw unusable(sent, 'tooLarge');
	return response;
}

/** The JSON object in a successful response. @throws NodeApiError when there is none */
export function objectIn(sent: Sent, response: Response): IDataObject {
	const { body } = successful(sent, response);
	if (isJsonObject(body)) return body;
	throw unreadable(sent, response);
}

/** The list of JSON objects in a successful response. @throws NodeApiError when there is none */
export function listIn(sent: Sent, response: Response): IDataObject[] {
	const { body } = successful(sent, response);
	if (Array.isArray(body) && body.every(isJsonObject)) return body;
	throw unreadable(sent, response);
}
