import { NodeApiError, type IExecuteFunctions } from 'n8n-workflow';
import { header, readResponse, type Response } from './response';
import { isObject } from '../json';
import { isSecure } from '../authentication/baseUrl';
import { attemptFailedWith, type Attempt } from './attempt';
import { pause } from './pause';
import { pauseBeforeRepeating } from './retry';
import { timeOnTheWay } from './transferTime';

const ATTEMPTS = 4;
const PATIENCE_MILLISECONDS = 30_000;

/** What a file is taken for whose size TransactionLink does not tell, in bytes. */
const UNKNOWN_SIZE = 50_000_000;

/** What n8n takes for a file: a stream. */
type Stream = Exclude<Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0], Uint8Array>;

/** A file on its way here. */
export interface Download {
	stream: Stream;
	/** The MIME type that the host gave, without its parameters; empty when it gave none. */
	type: string;
}

function isStream(body: unknown): body is Stream {
	return isObject(body) && typeof body.pipe === 'function' && typeof body.destroy === 'function';
}

/** Sends no credential: the address is on another host, and opens the file by itself. */
async function fetchOnce(
	context: IExecuteFunctions,
	link: string,
	size: number | undefined,
): Promise<Attempt> {
	const cancelled = context.getExecutionCancelSignal();
	// The helper's own patience ends with the first bytes of the answer; this one goes on to the last.
	const tooLong = AbortSignal.timeout(PATIENCE_MILLISECONDS + timeOnTheWay(size ?? UNKNOWN_SIZE));
	const [asked] = await Promise.allSettled([
		context.helpers.httpRequest({
			method: 'GET',
			url: link,
			encoding: 'stream',
			timeout: PATIENCE_MILLISECONDS,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			abortSignal: cancelled === undefined ? tooLong : AbortSignal.any([tooLong, cancelled]),
		}),
	]);
	return asked.status === 'fulfilled'
		? { answer: readResponse(asked.value) }
		: attemptFailedWith(asked.reason);
}

async function fetchPatiently(
	context: IExecuteFunctions,
	link: string,
	size: number | undefined,
): Promise<Attempt> {
	for (let attempt = 1; ; attempt += 1) {
		const outcome = await fetchOnce(context, link, size);
		const chance = Math.random();
		const wait = pauseBeforeRepeating(outcome, false, {
			attempt,
			attempts: ATTEMPTS,
			now: Date.now(),
			chance,
		});
		const signal = context.getExecutionCancelSignal();
		if (wait === undefined || signal?.aborted) return outcome;
		if ('answer' in outcome && isStream(outcome.answer.body)) outcome.answer.body.destroy();
		await pause(wait, signal);
	}
}

/** The address itself is in no message: whoever has it has the file. */
function failure(
	context: IExecuteFunctions,
	message: string,
	description: string,
	status?: number,
): NodeApiError {
	const httpCode = status === undefined ? '' : String(status);
	return new NodeApiError(context.getNode(), {}, { message, description, httpCode });
}

function refusedBy(context: IExecuteFunctions, { status }: Response): NodeApiError {
	if (status >= 300 && status < 400) {
		return failure(
			context,
			`The download address pointed to another address (status ${status})`,
			'Redirects are not followed. Download the attachment from the TransactionLink dashboard, ' +
				'and tell TransactionLink.',
			status,
		);
	}
	if (status >= 500 || status === 408 || status === 429) {
		return failure(
			context,
			`The host of the download did not give the file (status ${status})`,
			'Run the node again in a few minutes.',
			status,
		);
	}
	return failure(
		context,
		`The download address does not work any more (status ${status})`,
		'Such an address works for a limited time. Run the node again: it gets a new one.',
		status,
	);
}

/**
 * Fetches a file from the time-limited address that TransactionLink gave for it.
 *
 * @param link on whatever host; nothing of the credential is sent there, and redirects are not followed
 * @param size the bytes of the file, where they are known: a large one may take longer
 * @returns the file as a stream, which must be read or destroyed
 * @throws NodeApiError in words for the person when there is no file to be had
 */
export async function download(
	context: IExecuteFunctions,
	link: string,
	size: number | undefined,
): Promise<Download> {
	if (!URL.canParse(link) || !isSecure(new URL(link))) {
		throw failure(
			context,
			'TransactionLink gave a download address that cannot be opened',
			'Only addresses that start with https:// are opened. Download the attachment from the ' +
				'TransactionLink dashboard, and tell TransactionLink.',
		);
	}
	const outcome = await fetchPatiently(context, link, size);
	if ('obstacle' in outcome) {
		throw failure(
			context,
			'n8n does not let this node open the download address',
			outcome.obstacle.message,
		);
	}
	if ('code' in outcome) throw interrupted(context, outcome.code);
	const { answer } = outcome;
	const stream = isStream(answer.body) ? answer.body : undefined;
	if (stream === undefined || answer.status < 200 || answer.status > 299) {
		stream?.destroy();
		throw refusedBy(context, answer);
	}
	const type = (header(answer, 'content-type') ?? '').split(';')[0] ?? '';
	return { stream, type: type.trim() };
}

/**
 * Puts into words that the host of a download did not answer, or stopped before the file was whole.
 *
 * @param code what the network said, such as `ECONNRESET`
 */
export function interrupted(context: IExecuteFunctions, code: string): NodeApiError {
	return failure(
		context,
		'The host of the download did not send the whole file',
		`Check the network of this n8n, then run the node again.${code === '' ? '' : ` (${code})`}`,
	);
}
