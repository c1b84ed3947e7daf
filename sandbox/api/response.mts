import { gzipSync } from 'node:zlib';
import type { Response as HttpResponse } from 'express';

/** An HTTP response. */
export interface ApiResponse {
	status: number;
	headers: Record<string, string>;
	body: string | Buffer;
}

/** A response with `value` as JSON. */
export function json(status: number, value: unknown): ApiResponse {
	return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

/** A response with plain text. */
export function text(status: number, value: string): ApiResponse {
	return { status, headers: { 'content-type': 'text/plain' }, body: value };
}

/** The ways of truncating or dripping a body. */
export const BODY_SHAPES = ['length', 'chunked', 'gzip', 'gzipEnd', 'head'] as const;

/**
 * `length`: shorter than its content-length. `chunked`: without the last chunk. `gzip`: compressed and shorter than
 * its content-length. `gzipEnd`: the compressed body ends early, but the connection ends normally. `head`: drips the
 * headers.
 */
export type BodyShape = (typeof BODY_SHAPES)[number];

/** The end of a request: a response, a response with a truncated or dripping body, or a closed connection. */
export type Outcome = (ApiResponse & { shape?: BodyShape; isDripped?: boolean }) | 'cut';

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

/** Sends the outcome of a request. */
export function deliver(outcome: Outcome, http: HttpResponse): void {
	if (outcome === 'cut') {
		http.socket?.destroy();
	} else if (outcome.shape !== undefined) {
		if (outcome.isDripped === true) drip(outcome, outcome.shape, http);
		else cut(outcome, outcome.shape, http);
	} else {
		const length = Buffer.byteLength(outcome.body);
		http
			.writeHead(outcome.status, { ...outcome.headers, 'content-length': length })
			.end(outcome.body);
	}
}
