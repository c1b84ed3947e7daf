import { CANCELLED, CUT_BODY, failedAttempt, TIMED_OUT, type Attempt } from './attempt';
import { MOST_BYTES } from './bounds';
import { within, type Ended } from './deadline';
import { header, readHead, type Response, type ResponseHead } from './response';
import { isStream, type Stream } from './stream';

/** The limits of an attempt, whatever the server does. */
export interface Limits {
	/** The total time, from the first byte sent to the last byte received. */
	milliseconds: number;
	/** Work before the request is sent, with its own time limit. */
	preparation?: { done: Promise<void>; milliseconds: number };
	/** n8n's cancel signal, if there is one. */
	cancel?: AbortSignal | undefined;
}

/**
 * The options that `receive` needs. Every status is a response. The body is a stream, so that `receive` can limit its
 * size, end it at its deadline, and detect truncation. After n8n's helper has read a body, these cases look the same.
 */
export const RECEIVABLE = {
	encoding: 'stream',
	returnFullResponse: true,
	ignoreHttpStatusErrors: true,
	disableFollowRedirect: true,
} as const;

function parsed(text: string): { body: unknown; isBroken: boolean } {
	try {
		return { body: JSON.parse(text), isBroken: false };
	} catch (thrown) {
		return { body: text, isBroken: thrown instanceof SyntaxError && /^\s*[{["]/.test(text) };
	}
}

/** A body whose compressed data was truncated ends like a complete one, so its content is checked. */
function isCut(head: ResponseHead, text: string, isBroken: boolean): boolean {
	if (text === '') return head.status !== 304 && Number(header(head, 'content-length') ?? 0) > 0;
	const isSuccess = head.status >= 200 && head.status <= 299;
	return isSuccess && isBroken && /json/i.test(header(head, 'content-type') ?? '');
}

/** A pending response, which can be abandoned at any time. */
class Reception {
	private stream: Stream | undefined;

	private isAbandoned = false;

	async read(sending: Promise<unknown>): Promise<Attempt> {
		try {
			const head = readHead(await sending);
			if (!isStream(head.body))
				return { kind: 'response', response: { ...head, body: head.body ?? '' } };
			this.stream = head.body;
			if (this.isAbandoned) head.body.destroy();
			return await this.readBody(head, head.body);
		} catch (thrown) {
			return failedAttempt(thrown);
		}
	}

	/** Ends the connection, now or once it is established. */
	abandon(): void {
		this.isAbandoned = true;
		this.stream?.destroy();
	}

	private async readBody(head: ResponseHead, stream: Stream): Promise<Attempt> {
		const chunks: Uint8Array[] = [];
		let size = 0;
		for await (const chunk of stream) {
			const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
			size += bytes.length;
			// Leaving the loop destroys the stream.
			if (size > MOST_BYTES)
				return { kind: 'response', response: { ...head, body: '', isOversized: true } };
			chunks.push(bytes);
		}
		const text = Buffer.concat(chunks)
			.toString('utf8')
			.replace(/^\uFEFF/, '');
		const { body, isBroken } = text === '' ? { body: '', isBroken: false } : parsed(text);
		if (isCut(head, text, isBroken)) return { kind: 'network', code: CUT_BODY };
		const response: Response = { ...head, body };
		return { kind: 'response', response };
	}
}

/**
 * Receives the response to a request with the options `RECEIVABLE`.
 *
 * @param sending the promise of n8n's request helper
 * @returns the attempt; never throws, and never exceeds `limits`
 */
export async function receive(
	sending: Promise<unknown>,
	{ milliseconds, preparation, cancel }: Limits,
): Promise<Attempt> {
	const reception = new Reception();
	const reading = reception.read(sending);
	let ended: Ended<Attempt | undefined> = { kind: 'done', result: undefined };
	if (preparation !== undefined) {
		const prepared = preparation.done.then(() => undefined);
		ended = await within(Promise.race([reading, prepared]), preparation.milliseconds, cancel);
	}
	if (ended.kind === 'done') ended = await within(reading, milliseconds, cancel);
	if (ended.kind === 'done' && ended.result !== undefined) return ended.result;
	reception.abandon();
	return { kind: 'network', code: ended.kind === 'cancelled' ? CANCELLED : TIMED_OUT };
}
