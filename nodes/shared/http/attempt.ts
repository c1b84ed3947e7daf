import { NodeApiError, NodeOperationError, UserError } from 'n8n-workflow';
import { NotSentError, unwrappedByMark } from './notSentError';
import { isObject } from '../json';
import type { Response } from './response';

/** A complete response arrived, whatever its status. */
export interface ResponseAttempt {
	kind: 'response';
	response: Response;
}

/** No complete response arrived. `code` is Node's, such as `ECONNRESET`, or an empty text. */
export interface NetworkAttempt {
	kind: 'network';
	code: string;
	/** Whether the trouble came while bytes were read or written. */
	wasConnected?: boolean;
}

/** The request was not sent at all: there was no token, or n8n forbids the address. */
export interface NotSentAttempt {
	kind: 'notSent';
	error: NotSentError;
}

/** The result of sending a request once. */
export type Attempt = ResponseAttempt | NetworkAttempt | NotSentAttempt;

/** The total time of the attempt is over. Node's own code, so that it reads like any other timeout. */
export const TIMED_OUT = 'ETIMEDOUT';

/** The user cancelled the execution. The code that n8n's request helper uses as well. */
export const CANCELLED = 'ERR_CANCELED';

/** The body ended before its content was complete, although the connection did not report it. */
export const CUT_BODY = 'ERR_BODY_CUT';

/** An error, its cause, the cause of that, and so on, outermost first; bounded, because a cause may be itself. */
function layers(thrown: unknown): Array<Record<string, unknown>> {
	const found: Array<Record<string, unknown>> = [];
	let layer = thrown;
	while (isObject(layer) && found.length < 5) {
		found.push(layer);
		layer = layer.cause;
	}
	return found;
}

/** The code of what kept a response from arriving, such as `ECONNREFUSED`; empty when there is none. */
export function codeIn(thrown: unknown): string {
	for (const layer of layers(thrown)) {
		if (typeof layer.code === 'string') return layer.code;
	}
	// n8n 1 drops the cause and keeps its code under this name.
	const { httpCode } = thrown instanceof NodeApiError ? thrown : {};
	return /^[A-Z][A-Z0-9_]+$/.test(httpCode ?? '') ? String(httpCode) : '';
}

/** Node names the system call that failed: before a connection is established, it is `connect`. */
function whileConnected(thrown: unknown): { wasConnected?: true } {
	const isTransfer = layers(thrown).some(
		({ syscall }) => syscall === 'read' || syscall === 'write',
	);
	return isTransfer ? { wasConnected: true } : {};
}

function notSentErrorIn(thrown: unknown): NotSentError | undefined {
	for (const layer of layers(thrown)) {
		if (layer instanceof NotSentError) return layer;
		if (layer instanceof UserError || layer instanceof NodeOperationError) {
			const details = { code: 'NOT_ALLOWED', isTransient: false };
			return new NotSentError(layer.message, {
				description: layer.description ?? '',
				...details,
			});
		}
	}
	return thrown instanceof NodeApiError ? unwrappedByMark(thrown) : undefined;
}

/**
 * Reads the error of n8n's request helper.
 *
 * Every status counts as a response there (`ignoreHttpStatusErrors`), so an error always means that none arrived, also
 * when it carries a status: then the response was cut in the middle. Nothing of the error itself is passed on, because
 * it contains the whole request, and with it credential and personal data.
 */
export function failedAttempt(thrown: unknown): NetworkAttempt | NotSentAttempt {
	const error = notSentErrorIn(thrown);
	return error === undefined
		? { kind: 'network', code: codeIn(thrown), ...whileConnected(thrown) }
		: { kind: 'notSent', error };
}
