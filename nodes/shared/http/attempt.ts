import { NodeApiError, UserError } from 'n8n-workflow';
import { responseInside, codeInside, layers, type Response } from './response';
import { signInErrorIn } from '../authentication/signIn';

/** What one attempt to send a request came to. */
export type Attempt =
	| { answer: Response }
	/** No answer; what the network said, such as `ECONNRESET`, or an empty text. */
	| { code: string }
	/** The request was not sent at all, and why: no token could be had, or n8n forbids the address. */
	| { obstacle: UserError };

/**
 * What n8n 1 leaves of what its request helper caught: its errors lose their cause. Of an answer they keep status and
 * body, of the network's trouble its code, and of a sign-in what it was marked with.
 */
function leftByN8n1(thrown: unknown): Attempt | undefined {
	if (!(thrown instanceof NodeApiError)) return undefined;
	const obstacle = signInErrorIn(thrown);
	if (obstacle !== undefined) return { obstacle };
	const { httpCode, context } = thrown;
	if (/^[1-5]\d\d$/.test(httpCode ?? ''))
		return { answer: { status: Number(httpCode), headers: {}, body: context.data } };
	return /^[A-Z_]+$/.test(httpCode ?? '') ? { code: String(httpCode) } : undefined;
}

/**
 * Reads what n8n's request helper threw.
 *
 * Nothing of it is handed on as it is: it carries the whole request, and with it credential and personal data.
 */
export function attemptFailedWith(thrown: unknown): Attempt {
	const answer = responseInside(thrown);
	if (answer !== undefined) return { answer };
	for (const layer of layers(thrown)) {
		if (layer instanceof UserError) return { obstacle: layer };
	}
	const code = codeInside(thrown);
	if (code !== undefined) return { code };
	return leftByN8n1(thrown) ?? { code: '' };
}
