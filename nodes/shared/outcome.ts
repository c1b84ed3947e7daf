import { UserError } from 'n8n-workflow';
import { answerInside, codeInside, layers, type Answer } from './answer';

/** What one attempt to send a request came to. */
export type Outcome =
	| { answer: Answer }
	/** No answer; what the network said, such as `ECONNRESET`, or an empty text. */
	| { code: string }
	/** The request was not sent at all, and why: no token could be had, or n8n forbids the address. */
	| { obstacle: UserError };

/**
 * Reads what n8n's request helper threw.
 *
 * Nothing of it is handed on as it is: it carries the whole request, and with it credential and personal data.
 */
export function outcomeOf(thrown: unknown): Outcome {
	const answer = answerInside(thrown);
	if (answer !== undefined) return { answer };
	for (const layer of layers(thrown)) {
		if (layer instanceof UserError) return { obstacle: layer };
	}
	return { code: codeInside(thrown) ?? '' };
}
