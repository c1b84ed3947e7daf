import { setTimeout as pause } from 'node:timers/promises';
import { strike } from '../control/spoil.mts';
import { authorizationKind } from './access.mts';
import { carryOut } from './carry-out.mts';
import { describeContent, readContent } from './content.mts';
import { deliver } from './deliver.mts';
import { isObject } from './fields.mts';
import { generationOf } from './generation.mts';
import type { Request as HttpRequest, Response as HttpResponse } from 'express';
import type { Sandbox } from '../context.mts';
import type { RememberedCall } from '../control/calls.mts';
import type { IncomingCall } from './carry-out.mts';

/** Fields of a body that are not remembered. */
const SECRET_FIELDS = ['secret', 'refreshToken'];

function withoutSecrets(body: unknown): unknown {
	if (!isObject(body) || !SECRET_FIELDS.some((name) => name in body)) return body;
	return Object.fromEntries(Object.entries(body).filter(([name]) => !SECRET_FIELDS.includes(name)));
}

async function read(http: HttpRequest, sandbox: Sandbox): Promise<IncomingCall> {
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
		generation: generationOf(operation?.generations ?? [], http.headers.accept),
		content: await readContent(
			raw instanceof Buffer ? Buffer.from(raw) : Buffer.alloc(0),
			contentType,
		),
		authorization: http.headers.authorization,
	};
}

function remember(call: IncomingCall, http: HttpRequest, sandbox: Sandbox): RememberedCall {
	return sandbox.calls.add({
		method: http.method,
		path: http.originalUrl,
		operationId: call.operation?.id ?? null,
		generation: call.operation === undefined ? null : call.generation,
		accept: http.headers.accept ?? null,
		contentType: http.headers['content-type'] ?? null,
		authorization: authorizationKind(call.authorization),
		body: withoutSecrets(describeContent(call.content)),
	});
}

/** What was sent, for an echo: everything that must appear in no message. */
function sentBy(http: HttpRequest): string {
	const raw: unknown = http.body;
	const body = raw instanceof Buffer ? raw.toString('utf8') : '';
	return `${http.method} ${http.originalUrl} ${http.headers.authorization ?? ''} ${body}`;
}

/** Receives a call of the API: remembers it, lets a fault strike it if one is due, and answers it. */
export async function receive(
	http: HttpRequest,
	response: HttpResponse,
	sandbox: Sandbox,
): Promise<void> {
	const begin = performance.now();
	const call = await read(http, sandbox);
	const entry = remember(call, http, sandbox);
	const { delayMs } = sandbox.settings.current;
	if (delayMs > 0) await pause(delayMs);
	const fault = sandbox.faults.take(entry.operationId);
	const act = () => carryOut(call, sandbox);
	const outcome =
		fault === undefined
			? await act()
			: await strike(fault, act, { otherHost: sandbox.downloads.url, sent: sentBy(http) });
	entry.fault = fault?.kind ?? null;
	entry.status = outcome === 'cut' ? null : outcome.status;
	entry.durationMs = Math.round(performance.now() - begin);
	deliver(outcome, response);
}
