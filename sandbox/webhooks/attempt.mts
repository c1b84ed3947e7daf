import axios from 'axios';

/** One try of delivering a webhook. */
export interface Attempt {
	/** When it was sent, ISO 8601. */
	at: string;
	/** What the receiver answered, or null when it did not. */
	status: number | null;
	/** Why there was no answer, or null. */
	error: string | null;
	durationMs: number;
}

/**
 * Posts a webhook once.
 *
 * In: the raw body, its signature, and how long to wait for the answer (milliseconds). Never throws: an
 * attempt without an answer has the reason in `error`.
 */
export async function attemptDelivery(
	address: string,
	body: Buffer,
	signature: string,
	patienceMs: number,
	stopped: AbortSignal,
): Promise<Attempt> {
	const begin = performance.now();
	const at = new Date().toISOString();
	const patience = AbortSignal.timeout(patienceMs);
	const ended = (status: number | null, error: string | null): Attempt => ({
		at,
		status,
		error,
		durationMs: Math.round(performance.now() - begin),
	});
	try {
		const { status } = await axios.post(address, body, {
			headers: { 'content-type': 'application/json', 'JWS-SIGNATURE': signature },
			signal: AbortSignal.any([patience, stopped]),
			maxRedirects: 0,
			proxy: false,
			responseType: 'text',
			validateStatus: () => true,
		});
		return ended(status, null);
	} catch (failure) {
		if (patience.aborted) return ended(null, `no answer within ${patienceMs} ms`);
		return ended(null, failure instanceof Error ? failure.message : String(failure));
	}
}
