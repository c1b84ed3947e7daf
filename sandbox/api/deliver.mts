import { gzipSync } from 'node:zlib';
import type { Response as HttpResponse } from 'express';
import type { Answer, BodyShape, Outcome } from './answer.mts';

const DRIP_MS = 250;

function halfOf(bytes: Buffer): Buffer {
	return bytes.subarray(0, Math.floor(bytes.length / 2));
}

/** Sends the head and half of the body, then destroys the connection. */
function cut(answer: Answer, shape: BodyShape, http: HttpResponse): void {
	const plain = Buffer.from(answer.body);
	const isCompressed = shape === 'gzip' || shape === 'gzipEnd';
	const bytes = isCompressed ? gzipSync(plain) : plain;
	const half = halfOf(bytes);
	const headers = {
		...answer.headers,
		...(isCompressed ? { 'content-encoding': 'gzip' } : {}),
		...(shape === 'chunked'
			? {}
			: { 'content-length': shape === 'gzipEnd' ? half.length : bytes.length }),
	};
	http.writeHead(answer.status, headers);
	if (shape === 'gzipEnd') http.end(half);
	else http.write(half, () => setTimeout(() => http.socket?.destroy(), 20));
}

/** Sends a byte now and then, without end. */
function drip(answer: Answer, shape: BodyShape, http: HttpResponse): void {
	const { socket } = http;
	const isHead = shape === 'head';
	if (isHead) socket?.write(`HTTP/1.1 ${answer.status} OK\r\nX-Drip: `);
	else {
		http.writeHead(answer.status, answer.headers);
		http.write('{');
	}
	const timer = setInterval(() => (isHead ? socket?.write('x') : http.write(' ')), DRIP_MS);
	timer.unref();
	socket?.once('close', () => clearInterval(timer));
	socket?.once('error', () => clearInterval(timer));
}

/** Sends what a call ended in. */
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
