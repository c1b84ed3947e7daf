import { NodeApiError, type IDataObject } from 'n8n-workflow';
import { unreadable, unusable } from '../../../shared/api/errors';
import { isIdempotent, type Request } from '../../../shared/api/request';
import { successful } from '../../../shared/api/success';
import { header, isStatedEmpty, type Response } from '../../../shared/http/response';
import { isJsonObject, isObject, textIn } from '../../../shared/json';
import { apiVersionOption } from '../../fields/apiVersion';
import { readMost } from '../../fields/limit';
import type { ItemContext, Operation } from '../../operation';
import { pageIn, readPages } from './pages';
import { readRequest, requestFields } from './requestFields';

/** The query parameter for the page number. Not documented, but usual for this form of pages. */
const PAGE = 'page';

const isText = (response: Response): boolean =>
	/\b(text|json|xml)\b/i.test(header(response, 'content-type') ?? 'text');

/** The body of a successful response, or a replacement if the server declared it empty. */
async function bodyOf({ client }: ItemContext, request: Request): Promise<unknown> {
	const response = await client.send(request);
	const sent = client.sent(request);
	const { body, status } = successful(sent, response);
	// An empty response to a GET is a success only with the status 204.
	if (isStatedEmpty(response) && (status === 204 || !isIdempotent(request)))
		return { success: true };
	if (body === '') throw unreadable(sent, response);
	if (typeof body === 'string' && !isText(response)) throw unusable(sent, 'notText');
	return body;
}

function incomplete(item: ItemContext): NodeApiError {
	const message = 'The list could not be read to its end';
	const description = 'Lower Limit, or add the number of one page to Query Parameters.';
	return new NodeApiError(item.context.getNode(), {}, { message, description });
}

/** The entries of a page and of those after it, unless the user chose one page. */
async function entriesOf(
	item: ItemContext,
	request: Request,
	body: unknown,
	most: number,
): Promise<unknown[]> {
	const first = pageIn(body);
	if (first === undefined) return (Array.isArray(body) ? body : [body]).slice(0, most);
	const { query = [] } = request;
	if (query.some(([name]) => name === PAGE)) return first.content.slice(0, most);
	const entries = await readPages(first, most, async (number) =>
		pageIn(await bodyOf(item, { ...request, query: [...query, [PAGE, String(number)]] })),
	);
	if (entries === undefined) throw incomplete(item);
	return entries;
}

/** n8n's items must be objects. */
function asObject(value: unknown): IDataObject {
	if (isJsonObject(value)) return value;
	const isScalar =
		typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
	return { value: isScalar || typeof value === 'object' ? value : null };
}

export const send: Operation = {
	value: 'send',
	name: 'Send',
	description: 'Send any request of the TransactionLink API, such as one for users or roles',
	action: 'Send API request',
	builderHint: 'Only for what no other operation does, such as GET /organizations/users.',
	fields: requestFields,
	options: [apiVersionOption],
	prepare(item) {
		const request = readRequest(item);
		const isRead = isIdempotent(request);
		const most = isRead ? readMost(item) : Infinity;
		return async () => {
			const body = await bodyOf(item, request);
			if (isRead) {
				const entries = await entriesOf(item, request, body, most);
				return entries.map((entry) => ({ json: asObject(entry) }));
			}
			const id = isObject(body) ? textIn(body.id) : undefined;
			if (id === undefined) item.created.request = 'sent';
			else item.created.id = id;
			return (Array.isArray(body) ? body : [body]).map((entry) => ({ json: asObject(entry) }));
		};
	},
};
