import type { Readable } from 'node:stream';
import axios from 'axios';

/** One attempt to deliver a webhook. */
export interface Attempt {
	/** When it was sent, ISO 8601. */
	at: string;
	/** The status of the response, or null when there was none. */
	status: number | null;
	/** The beginning of the response body, at most `SHOWN_CHARACTERS`; null when there was no response. */
	body: string | null;
	/** Whether the response body was longer. */
	isCut: boolean;
	/** Why there was no response, or null. */
	error: string | null;
	durationMs: number;
}

/** How much of a response body is kept. */
export const SHOWN_CHARACTERS = 2_000;

/** UTF-8 needs at most four bytes for a character. */
const READ_BYTES = 4 * SHOWN_CHARACTERS;

/** Reads the beginning of a body, and closes the connection when there is more. */
async function readBeginning(body: Readable): Promise<Pick<Attempt, 'body' | 'isCut'>> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of body) {
		chunks.push(Buffer.from(chunk));
		size += chunk.length;
		if (size > READ_BYTES) break;
	}
	const text = new TextDecoder().decode(Buffer.concat(chunks));
	return { body: text.slice(0, SHOWN_CHARACTERS), isCut: text.length > SHOWN_CHARACTERS };
}

/**
 * Posts a webhook once.
 *
 * Takes the timeout for the response (milliseconds). Never throws: an attempt without a response contains the reason
 * in `error`.
 */
export async function attemptDelivery(
	{ address, headers, body }: { address: string; headers: Record<string, string>; body: string },
	timeoutMs: number,
	stopped: AbortSignal,
): Promise<Attempt> {
	const begin = performance.now();
	const at = new Date().toISOString();
	const timeout = AbortSignal.timeout(timeoutMs);
	const duration = () => Math.round(performance.now() - begin);
	const noResponse = (error: string): Attempt => {
		return { at, status: null, body: null, isCut: false, error, durationMs: duration() };
	};
	try {
		const { status, data } = await axios.post<Readable>(address, Buffer.from(body), {
			headers,
			signal: AbortSignal.any([timeout, stopped]),
			maxRedirects: 0,
			proxy: false,
			responseType: 'stream',
			validateStatus: () => true,
		});
		return { at, status, ...(await readBeginning(data)), error: null, durationMs: duration() };
	} catch (error) {
		if (timeout.aborted) return noResponse(`no response within ${timeoutMs} ms`);
		return noResponse(error instanceof Error ? error.message : String(error));
	}
}
