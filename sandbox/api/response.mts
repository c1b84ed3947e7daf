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

/** Sends a response. */
export function send({ status, headers, body }: ApiResponse, http: HttpResponse): void {
	http.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}
