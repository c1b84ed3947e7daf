import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { errorBody } from '../api/error.mts';
import { isObject } from '../api/fields.mts';
import { send } from '../api/response.mts';
import type { Response as HttpResponse } from 'express';
import type { ApiResponse } from '../api/response.mts';
import type { BodyShape, Fault, FaultKind } from './faults.mts';

/** Long enough that half of it is still incomplete after compression. */
const WHOLE_BODY = JSON.stringify({
	id: 'x'.repeat(100),
	status: 'RUNNING',
	created: 'y'.repeat(100),
});

const HALF_A_BODY = '{"id": "7d4e';

const GATEWAY_PAGE =
	'<html><head><title>Bad Gateway</title></head><body><h1>The upstream did not respond</h1></body></html>';

function bytes(value: unknown): string {
	return typeof value === 'string' ? value : JSON.stringify(value);
}

/** TransactionLink's error body, with the fields of the fault. */
function injectedErrorBody(fields: unknown): string {
	const standard = errorBody([{ code: 'injected_fault', message: 'Injected fault.' }]);
	return bytes(isObject(fields) ? { ...standard, ...fields } : standard);
}

/** The end of a request: a response, a response with a truncated or dripping body, or a closed connection. */
export type SentResponse = (ApiResponse & { shape?: BodyShape; isDripped?: boolean }) | 'cut';

/** Values that a fault may need. */
export interface FaultContext {
	/** The default target of a redirect. */
	otherHost: string;
	/** The sent values with credentials, for an echo. */
	sent: string;
}

/** The response of a fault, instead of the real one (null if there is none). */
function faultyResponse(
	fault: Fault & { kind: Exclude<FaultKind, 'delay'> },
	real: ApiResponse | null,
	{ otherHost, sent }: FaultContext,
): SentResponse {
	const faulty = (status: number, contentType: string, body: string | Buffer): ApiResponse => ({
		status: fault.status ?? status,
		headers: { 'content-type': contentType, ...fault.headers },
		body: fault.body === undefined ? body : bytes(fault.body),
	});
	const realStatus = real?.status ?? 200;
	switch (fault.kind) {
		case 'status':
			return faulty(500, isObject(fault.body) ? 'application/json' : 'text/plain', '');
		case 'html':
			return faulty(502, 'text/html', GATEWAY_PAGE);
		case 'malformed': {
			const body =
				real === null ? HALF_A_BODY : real.body.slice(0, Math.ceil(real.body.length / 2));
			return faulty(realStatus, 'application/json', body);
		}
		case 'empty':
			return faulty(realStatus, 'application/json', '');
		case 'redirect': {
			const redirected = faulty(302, 'text/plain', '');
			return {
				...redirected,
				headers: { location: fault.location ?? `${otherHost}/redirected`, ...redirected.headers },
			};
		}
		case 'errorBody':
			return { ...faulty(400, 'application/json', ''), body: injectedErrorBody(fault.body) };
		case 'cutBody': {
			const whole = real ?? faulty(200, 'application/json', WHOLE_BODY);
			return { ...whole, shape: fault.shape ?? 'length' };
		}
		case 'drip':
			return {
				...faulty(200, 'application/json', ''),
				shape: fault.shape ?? 'chunked',
				isDripped: true,
			};
		case 'echo':
			return {
				...faulty(400, 'application/json', ''),
				body: bytes(
					errorBody([
						{ code: 'invalid_request', message: `This is not allowed: ${sent}` },
						{ code: sent, message: sent },
					]),
				),
			};
		case 'cut':
			return 'cut';
	}
}

/**
 * Applies a fault to a request.
 *
 * `respond` processes the request; it is not called if the fault prevents the effect.
 */
export async function applyFault(
	fault: Fault,
	respond: () => Promise<ApiResponse>,
	context: FaultContext,
): Promise<SentResponse> {
	const { kind, effect, delayMs = 0 } = fault;
	if (kind === 'delay') {
		if (effect === 'before') await pause(delayMs);
		const response = await respond();
		if (effect === 'after') await pause(delayMs);
		return response;
	}
	const real = effect === 'after' ? await respond() : null;
	if (delayMs > 0) await pause(delayMs);
	return faultyResponse({ ...fault, kind }, real, context);
}

const DRIP_MS = 250;

function halfOf(bytes: Buffer): Buffer {
	return bytes.subarray(0, Math.floor(bytes.length / 2));
}

/** Sends the headers and half of the body, then destroys the connection. */
function cut(response: ApiResponse, shape: BodyShape, http: HttpResponse): void {
	const plain = Buffer.from(response.body);
	const isCompressed = shape === 'gzip' || shape === 'gzipEnd';
	const bytes = isCompressed ? gzipSync(plain) : plain;
	const half = halfOf(bytes);
	const headers = {
		...response.headers,
		...(isCompressed ? { 'content-encoding': 'gzip' } : {}),
		...(shape === 'chunked'
			? {}
			: { 'content-length': shape === 'gzipEnd' ? half.length : bytes.length }),
	};
	http.writeHead(response.status, headers);
	if (shape === 'gzipEnd') http.end(half);
	else http.write(half, () => setTimeout(() => http.socket?.destroy(), 20));
}

/** Sends single bytes without end. */
function drip(response: ApiResponse, shape: BodyShape, http: HttpResponse): void {
	const { socket } = http;
	const isHead = shape === 'head';
	if (isHead) socket?.write(`HTTP/1.1 ${response.status} OK\r\nX-Drip: `);
	else {
		http.writeHead(response.status, response.headers);
		http.write('{');
	}
	const timer = setInterval(() => (isHead ? socket?.write('x') : http.write(' ')), DRIP_MS);
	timer.unref();
	socket?.once('close', () => clearInterval(timer));
	socket?.once('error', () => clearInterval(timer));
}

/** Sends a response, truncated or dripping if its fault requires that. */
export function sendFaulty(response: SentResponse, http: HttpResponse): void {
	if (response === 'cut') http.socket?.destroy();
	else if (response.shape === undefined) send(response, http);
	else if (response.isDripped === true) drip(response, response.shape, http);
	else cut(response, response.shape, http);
}
