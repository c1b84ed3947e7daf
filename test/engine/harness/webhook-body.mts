import { parse } from 'node:querystring';

import type { Request } from 'express';
import { jsonParse } from 'n8n-workflow';

import { readBody } from './local-server.mts';

/** Invalid JSON with the media type of JSON. n8n responds 422 before it calls the node. */
export class UnreadableBodyError extends Error {}

/**
 * Adds the media type, the raw bytes and the parsed body to a request, as n8n does before it calls a node.
 * It does not read multipart forms. `body` stays undefined if it is empty or of a type that n8n does not read.
 *
 * @param nodeVersion version 1 of a node gets the raw bytes of every type, later versions only of types that n8n reads
 * @throws {UnreadableBodyError} when the JSON is invalid
 */
export async function readWebhookBody(request: Request, nodeVersion: number): Promise<void> {
	const [mediaType = ''] = (request.headers['content-type'] ?? '').toLowerCase().split(';');
	const contentType = mediaType.trim();
	request.contentType = contentType;
	request.encoding = 'utf-8';
	request.readRawBody = async () => {
		// n8n also reads the stream only once.
		if (request._body) return;
		request._body = true;
		request.rawBody = await readBody(request);
	};
	if (contentType.startsWith('multipart/')) return;
	if (nodeVersion > 1 && !isReadByN8n(contentType)) return;
	await request.readRawBody();
	if (request.rawBody.length > 0) request.body = parseText(request.rawBody.toString(), contentType);
}

function isReadByN8n(contentType: string): boolean {
	return (
		['application/json', 'text/plain', 'application/x-www-form-urlencoded'].includes(contentType) ||
		/[/+]xml$/.test(contentType)
	);
}

function parseText(text: string, contentType: string): unknown {
	if (contentType === 'application/x-www-form-urlencoded') return parse(text);
	if (contentType === 'text/plain') return text;
	if (contentType !== 'application/json') return undefined;
	try {
		return jsonParse(text.replace(/^\uFEFF/, ''));
	} catch (cause) {
		throw new UnreadableBodyError('Failed to parse request body', { cause });
	}
}
