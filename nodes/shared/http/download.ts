import type { IExecuteFunctions } from 'n8n-workflow';
import { failedAttempt, type Attempt } from './attempt';
import { monotonicNow } from './clock';
import { pause } from './pause';
import { readHead } from './response';
import { pauseBeforeRepeating } from './retry';
import { settle } from './settle';
import { isStream, type Stream } from './stream';
import { transferTime } from './transferTime';

const ATTEMPTS = 4;
const TIMEOUT_MILLISECONDS = 30_000;
const TOTAL_MILLISECONDS = 60_000;

/** The assumed size of a file of unknown size, in bytes. */
const UNKNOWN_SIZE = 50_000_000;

/** Sends no credential: the address is on another host, and is sufficient to open the file. */
async function downloadOnce(
	context: IExecuteFunctions,
	link: string,
	size: number | undefined,
): Promise<Attempt> {
	const cancel = context.getExecutionCancelSignal();
	// The helper's own timeout ends with the first bytes of the response; this one includes the last byte.
	const deadline = AbortSignal.timeout(TIMEOUT_MILLISECONDS + transferTime(size ?? UNKNOWN_SIZE));
	const sent = await settle(
		context.helpers.httpRequest({
			method: 'GET',
			url: link,
			encoding: 'stream',
			timeout: TIMEOUT_MILLISECONDS,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			abortSignal: cancel === undefined ? deadline : AbortSignal.any([deadline, cancel]),
		}),
	);
	if ('reason' in sent) return failedAttempt(sent.reason);
	const { status, headers, body } = readHead(sent.result);
	return { kind: 'response', response: { status, headers, body } };
}

/**
 * Opens a file at an address on any host, without the credential and without following redirects.
 *
 * @param size the size of the file in bytes, if known: large files may take longer
 * @returns the last attempt; the body of its response is a stream, which must be read or destroyed
 */
export async function download(
	context: IExecuteFunctions,
	link: string,
	size: number | undefined,
): Promise<Attempt> {
	const cancel = context.getExecutionCancelSignal();
	const end = monotonicNow() + TOTAL_MILLISECONDS;
	for (let count = 1; ; count += 1) {
		const attempt = await downloadOnce(context, link, size);
		const wait = pauseBeforeRepeating(attempt, true, {
			attempt: count,
			attempts: ATTEMPTS,
			left: end - monotonicNow(),
			now: Date.now(),
			chance: Math.random(),
		});
		if (wait === undefined || cancel?.aborted === true) return attempt;
		if (attempt.kind === 'response' && isStream(attempt.response.body))
			attempt.response.body.destroy();
		await pause(wait, cancel);
	}
}

/** A stream whose bytes are counted while it is read. */
export interface CountedStream {
	stream: Stream;
	/** The number of bytes read so far. */
	count(): number;
}

/** The error of a stream that exceeds its limit. */
export const TOO_LONG = 'ERR_STREAM_TOO_LONG';

/**
 * Counts the bytes of a stream, and ends it above a limit.
 *
 * @param most undefined for no limit
 */
export function counted(stream: Stream, most: number | undefined): CountedStream {
	let count = 0;
	const passed = stream.map((chunk: Uint8Array) => {
		count += chunk.length;
		if (most !== undefined && count > most)
			throw Object.assign(new RangeError('The stream is too long'), { code: TOO_LONG });
		return chunk;
	});
	return { stream: passed, count: () => count };
}
