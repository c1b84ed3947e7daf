import { CANCELLED, CUT_BODY, failedAttempt, TIMED_OUT, type Attempt } from './attempt';
import { MOST_BYTES } from './bounds';
import { within, type Ended } from './deadline';
import { header, readHead, type Response, type ResponseHead } from './response';
import { isStream, type Stream } from './stream';

/** When an attempt ends, whatever the server does. */
export interface Limits {
	/** In total, from the first byte sent to the last one received. */
	milliseconds: number;
	/** What happens before the request is sent: it has a time of its own. */
	preparation?: { done: Promise<void>; milliseconds: number };
	/** n8n's cancel signal, if there is one. */
	cancel?: AbortSignal | undefined;
}

/**
 * The options that `receive` needs. Every status is a response; the body is a stream, so that it can be bounded
 * while it
 * is read, ended at its deadline, and told apart from one that was cut: read by n8n's helper, all three look alike.
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

/** A body whose compression was cut ends like a complete one, so its content has to show it. */
function isCut(head: ResponseHead, text: string, isBroken: boolean): boolean {
	if (text === '') return head.status !== 304 && Number(header(head, 'content-length') ?? 0) > 0;
	const isSuccess = head.status >= 200 && head.status <= 299;
	return isSuccess && isBroken && /json/i.test(header(head, 'content-type') ?? '');
}

/** One response on its way, which can be given up at any time. */
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

	/** Ends the connection, now or as soon as there is one. */
	abandon(): void {
		this.isAbandoned = true;
		this.stream?.destroy();
	}

	private async readBody(head: ResponseHead, stream: Stream): Promise<Attempt> {
		const chunks: Uint8Array[] = [];
		let size = 0;
		for await (const chunk of stream) {
			const bytes = Buffer.from(chunk);
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
 * Receives the response to a request that was sent with the options `RECEIVABLE`.
 *
 * @param sending the promise of n8n's request helper
 * @returns the result; never throws, and never waits longer than `limits` allow
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
