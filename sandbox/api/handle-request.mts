import { setTimeout as pause } from 'node:timers/promises';
import { accountOf, checkAccess, authorizationKind } from './access.mts';
import { bodyForContract, describeContent, readContent } from './content.mts';
import { isObject } from './fields.mts';
import { OPERATIONS } from './operations/index.mts';
import { ApiError, errorResponse, apiError } from './error.mts';
import { applyFault, sendFaulty } from '../control/faulty-response.mts';
import { versionOf } from './version.mts';
import type { Request as HttpRequest, Response as HttpResponse } from 'express';
import type { Sandbox } from '../sandbox.mts';
import type { ApiResponse } from './response.mts';
import type { Content } from './content.mts';
import type { Operation, Request } from './contract.mts';
import type { ApiVersion } from './version.mts';
import type { LoggedRequest } from '../control/request-log.mts';

/** A received request, not checked yet. */
interface IncomingRequest {
	/** Without its body. */
	request: Omit<Request, 'body'>;
	/** Undefined when the contract does not contain the path. */
	operation: Operation | undefined;
	apiVersion: ApiVersion;
	content: Content;
	authorization: string | undefined;
}

/** Rejects a body that cannot be parsed, or whose media type the operation does not accept. */
function checkContent(content: Content, operation: Operation): void {
	if (operation.mediaType === null || content.kind === 'none') return;
	if (content.mediaType !== operation.mediaType) {
		throw apiError(415, 'unsupported_media_type', `The body must be ${operation.mediaType}.`);
	}
	if (content.kind === 'unreadable') throw apiError(400, 'malformed_body', content.message);
	// Checked here, because the validator would parse a JSON text again and use its content as the body.
	if (content.kind === 'json' && !isObject(content.value)) {
		throw apiError(400, 'invalid_field', 'The body must be an object.');
	}
}

/** Rejects a path with an invalid percent escape. */
function checkPath(path: string): void {
	try {
		decodeURIComponent(path);
	} catch {
		throw apiError(400, 'malformed_path', 'The address is not well-formed.');
	}
}

async function validateAndRun(incoming: IncomingRequest, sandbox: Sandbox): Promise<ApiResponse> {
	const { operation, apiVersion, content } = incoming;
	const { method, path } = incoming.request;
	if (operation === undefined) throw apiError(404, 'not_found', `There is no ${method} ${path}.`);
	checkPath(path);
	checkAccess(incoming.authorization, operation, sandbox.state, sandbox.settings.current);
	checkContent(content, operation);
	const request: Request = { ...incoming.request, body: bodyForContract(content) };
	const details = sandbox.contract.validate(request, operation, apiVersion);
	if (details.length > 0) throw new ApiError(400, details);
	const handler = OPERATIONS[operation.id];
	if (handler === undefined)
		throw new Error(`${operation.id} has no handler in operations/index.mts`);
	const parameters = sandbox.contract.pathParameters(request, operation);
	return await handler(
		{
			apiVersion,
			account: accountOf(incoming.authorization),
			parameters,
			query: request.query,
			body: request.body,
			content,
		},
		sandbox,
	);
}

/** Processes a request. Never throws: errors become responses in TransactionLink's form. */
async function respond(incoming: IncomingRequest, sandbox: Sandbox): Promise<ApiResponse> {
	try {
		return await validateAndRun(incoming, sandbox);
	} catch (error) {
		return errorResponse(error);
	}
}

/** Fields of a body that the log does not contain. */
const SECRET_FIELDS = ['secret', 'refreshToken'];

function withoutSecrets(body: unknown): unknown {
	if (!isObject(body) || !SECRET_FIELDS.some((name) => name in body)) return body;
	return Object.fromEntries(Object.entries(body).filter(([name]) => !SECRET_FIELDS.includes(name)));
}

async function read(http: HttpRequest, sandbox: Sandbox): Promise<IncomingRequest> {
	const [path = '/', query = ''] = http.originalUrl.split(/\?(.*)/s);
	const contentType = http.headers['content-type'];
	const raw: unknown = http.body;
	const request = {
		method: http.method,
		path,
		query: Object.fromEntries(new URLSearchParams(query)),
		headers: contentType === undefined ? {} : { 'content-type': contentType },
	};
	const operation = sandbox.contract.match({ ...request, body: undefined });
	return {
		request,
		operation,
		apiVersion: versionOf(operation?.apiVersions ?? [], http.headers.accept),
		content: await readContent(
			raw instanceof Buffer ? Buffer.from(raw) : Buffer.alloc(0),
			contentType,
		),
		authorization: http.headers.authorization,
	};
}

function logRequest(incoming: IncomingRequest, http: HttpRequest, sandbox: Sandbox): LoggedRequest {
	return sandbox.requestLog.add({
		method: http.method,
		path: http.originalUrl,
		operationId: incoming.operation?.id ?? null,
		apiVersion: incoming.operation === undefined ? null : incoming.apiVersion,
		accept: http.headers.accept ?? null,
		contentType: http.headers['content-type'] ?? null,
		authorization: authorizationKind(incoming.authorization),
		body: withoutSecrets(describeContent(incoming.content)),
	});
}

/** The sent values for an echo, none of which may appear in a message. */
function sentBy(http: HttpRequest): string {
	const raw: unknown = http.body;
	const body = raw instanceof Buffer ? raw.toString('utf8') : '';
	return `${http.method} ${http.originalUrl} ${http.headers.authorization ?? ''} ${body}`;
}

/** Receives an API request: logs it, applies a fault if one is due, and responds. */
export async function handleRequest(
	http: HttpRequest,
	response: HttpResponse,
	sandbox: Sandbox,
): Promise<void> {
	const begin = performance.now();
	const incoming = await read(http, sandbox);
	const entry = logRequest(incoming, http, sandbox);
	sandbox.changes.emit('change');
	const { delayMs } = sandbox.settings.current;
	if (delayMs > 0) await pause(delayMs);
	const fault = sandbox.faults.take(entry.operationId);
	const getResponse = () => respond(incoming, sandbox);
	const sent =
		fault === undefined
			? await getResponse()
			: await applyFault(fault, getResponse, {
					otherHost: sandbox.downloads.url,
					sent: sentBy(http),
				});
	entry.fault = fault?.kind ?? null;
	entry.status = sent === 'cut' ? null : sent.status;
	entry.durationMs = Math.round(performance.now() - begin);
	sendFaulty(sent, response);
}
