import type { IDataObject, INode } from 'n8n-workflow';
import { isRefusal } from '../contract/errorBody';
import { isOversized } from '../http/bounds';
import type { Response } from '../http/response';
import { isJsonObject } from '../json';
import { oversized, refused, unreadable } from './errors';
import type { Request } from './request';

/**
 * Checks that a response is a success that can be passed on.
 *
 * @throws NodeApiError in words for the user when it is not
 */
export function successful(node: INode, request: Request, response: Response): Response {
	const isSuccess = response.status >= 200 && response.status <= 299;
	if (!isSuccess || isRefusal(response.body)) throw refused(node, request, response);
	if (isOversized(response)) throw oversized(node, request);
	return response;
}

/** The JSON object in a successful response. @throws NodeApiError when there is none */
export function objectIn(node: INode, request: Request, response: Response): IDataObject {
	const { body } = successful(node, request, response);
	if (isJsonObject(body)) return body;
	throw unreadable(node, request, response);
}

/** The list of JSON objects in a successful response. @throws NodeApiError when there is none */
export function listIn(node: INode, request: Request, response: Response): IDataObject[] {
	const { body } = successful(node, request, response);
	if (Array.isArray(body) && body.every(isJsonObject)) return body;
	throw unreadable(node, request, response);
}
