import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';
import { isErrorBody, vendorCodes, vendorSentences } from '../contract/errorBody';
import type { Attempt } from '../http/attempt';
import type { Response } from '../http/response';
import { effectOf, isTransient } from '../http/retry';
import { lines } from '../contract/description';
import { nouns, type Noun } from '../contract/nouns';
import { defined } from '../json';
import { isIdempotent, type Request } from './request';
import { maskFor, type Sent } from './sent';
import { wordsForNetwork, wordsForResponse, type Words } from './words';

/** Each follows the name of the request, because the same item may have created other things before. */
const EFFECTS = {
	neverSent: 'was not sent.',
	didNotHappen: 'had no effect.',
	mayHaveHappened:
		'may have succeeded: check the TransactionLink dashboard before you run this item again.',
	happened: 'succeeded.',
} as const;

/** What is known about the effect of a request. */
export type KnownEffect = keyof typeof EFFECTS;

interface Details {
	effect: KnownEffect;
	isTransient: boolean;
	code: string | undefined;
	httpCode?: number;
	/** TransactionLink's sentences, and the fingerprint. */
	sentences?: string[];
}

/** The sentences about the effect of a change. A read has no effect. */
function sentencesAbout(effect: KnownEffect, request: Request): string {
	if (isIdempotent(request)) return '';
	const { action, creates } = request.purpose;
	const sentence = `The request to ${action} ${EFFECTS[effect]}`;
	if (effect !== 'mayHaveHappened' || creates === undefined) return sentence;
	const { label, whereToUse }: Noun = nouns[creates];
	const where = whereToUse === undefined ? '' : ` in ${whereToUse}`;
	return `${sentence} If it did, continue with its ${label}${where}.`;
}

/** The first line of a description: first what to check, then the advice. */
function firstLine(
	effect: KnownEffect,
	request: Request,
	advice: string | undefined | null,
): string {
	return [sentencesAbout(effect, request), advice].filter(Boolean).join(' ');
}

function buildApiError({ node, request }: Sent, words: Words, details: Details): NodeApiError {
	const { effect, isTransient: transient, code, httpCode, sentences } = details;
	const isChange = !isIdempotent(request);
	const description = lines(firstLine(effect, request, words.advice), ...(sentences ?? []));
	// Not built from the error of n8n's helper, which contains the request with credential and personal data.
	const error = new NodeApiError(
		node,
		{},
		{
			message: words.message,
			description,
			httpCode: httpCode === undefined ? '' : String(httpCode),
		},
	);
	const mayHaveHappened = isChange && (effect === 'mayHaveHappened' || effect === 'happened');
	Object.assign(error.context, {
		transient,
		retryable: transient && (!isChange || effect === 'neverSent' || effect === 'didNotHappen'),
		mayHaveHappened,
		...defined({ code }),
	});
	return error;
}

/** Builds the error for a response that is not a success. */
export function responseError(sent: Sent, response: Response): NodeApiError {
	const mask = maskFor(sent);
	const codes = vendorCodes(response.body, mask);
	const attempt: Attempt = { kind: 'response', response };
	const effect = effectOf(attempt);
	// A 2xx with TransactionLink's error body is a rejection. A 2xx with a web page came from a proxy.
	const ofSuccess = isErrorBody(response.body) ? 'didNotHappen' : 'mayHaveHappened';
	return buildApiError(sent, wordsForResponse(sent, response, codes), {
		effect: effect === 'happened' ? ofSuccess : effect,
		isTransient: isTransient(attempt),
		code: codes[0] ?? `HTTP_${response.status}`,
		httpCode: response.status,
		sentences: vendorSentences(response.body, mask),
	});
}

/** Builds the error for a successful response that does not match the documentation. */
export function unreadable(sent: Sent, response: Response): NodeApiError {
	const isEmpty = response.body === '' || response.body === undefined || response.body === null;
	return buildApiError(
		sent,
		{
			message: `TransactionLink's response to the request to ${sent.request.purpose.action} is ${
				isEmpty ? 'empty' : 'not what its documentation says'
			}`,
			advice: isEmpty
				? 'Check the Base URL of the credential and any proxy.'
				: 'This does not go away by itself. Check the Base URL, and report it to TransactionLink.',
		},
		{
			effect: 'mayHaveHappened',
			isTransient: isEmpty && isIdempotent(sent.request),
			code: isEmpty ? 'RESPONSE_EMPTY' : 'RESPONSE_UNREADABLE',
			httpCode: response.status,
		},
	);
}

const UNUSABLE = {
	tooLarge: {
		finding: 'too large to be passed on',
		advice: 'Open it in the TransactionLink dashboard.',
		code: 'RESPONSE_TOO_LARGE',
	},
	notText: {
		finding: 'neither JSON nor text',
		advice: "Get files with n8n's HTTP Request node and this credential.",
		code: 'RESPONSE_NOT_TEXT',
	},
} as const;

/** Builds the error for a successful response that cannot be output: it is too large, nested too deep, or a file. */
export function unusable(sent: Sent, why: keyof typeof UNUSABLE): NodeApiError {
	const { finding, advice, code } = UNUSABLE[why];
	return buildApiError(
		sent,
		{
			message: `TransactionLink's response to the request to ${sent.request.purpose.action} is ${finding}`,
			advice,
		},
		{ effect: 'happened', isTransient: false, code },
	);
}

/** Builds the error for an attempt without a response. */
export function noResponseError(
	sent: Sent,
	attempt: Exclude<Attempt, { kind: 'response' }>,
): NodeApiError | NodeOperationError {
	if (attempt.kind === 'network') {
		return buildApiError(sent, wordsForNetwork(sent.request, attempt.code), {
			effect: effectOf(attempt),
			isTransient: isTransient(attempt),
			code: attempt.code === '' ? 'NO_RESPONSE' : attempt.code,
		});
	}
	const { message, description: advice, reason: code, isTransient: transient } = attempt.error;
	const description = firstLine('neverSent', sent.request, advice);
	const error = new NodeOperationError(sent.node, message, { description });
	Object.assign(error.context, { transient, retryable: transient, mayHaveHappened: false, code });
	return error;
}

/** Wraps an error of the credential in one of n8n's errors. */
export function operationError(node: INode, thrown: unknown): NodeOperationError {
	const description =
		thrown instanceof Error && 'description' in thrown ? String(thrown.description ?? '') : '';
	return new NodeOperationError(node, thrown instanceof Error ? thrown.message : String(thrown), {
		description,
	});
}

/** Whether an error of this folder is transient, so that a wait may continue. */
export function isTransientError(thrown: unknown): boolean {
	const isOurs = thrown instanceof NodeApiError || thrown instanceof NodeOperationError;
	return isOurs && thrown.context.transient === true;
}
