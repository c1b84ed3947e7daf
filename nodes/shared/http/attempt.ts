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
	/** Whether the connection broke while bytes were read or written. */
	wasConnected?: boolean;
}

/** The request was not sent: there was no token, or n8n forbids the address. */
export interface NotSentAttempt {
	kind: 'notSent';
	error: NotSentError;
}

/** The result of sending a request once. */
export type Attempt = ResponseAttempt | NetworkAttempt | NotSentAttempt;

/** The total time of the attempt is over. Node's own code for a timeout. */
export const TIMED_OUT = 'ETIMEDOUT';

/** The user cancelled the execution. */
export const CANCELLED = 'ERR_CANCELED';

/** How n8n's request helper reports its own timeout, and any signal. `receive` knows whether the user cancelled. */
const ENDED_BY_HELPER = ['ECONNABORTED', 'ERR_CANCELED'];

/** The body was truncated, although the connection did not report it. */
export const CUT_BODY = 'ERR_BODY_CUT';

/** An error and its chain of causes, outermost first; limited, because a cause may refer to itself. */
function layers(thrown: unknown): Array<Record<string, unknown>> {
	const found: Array<Record<string, unknown>> = [];
	let layer = thrown;
	while (isObject(layer) && found.length < 5) {
		found.push(layer);
		layer = layer.cause;
	}
	return found;
}

function reportedCode(thrown: unknown): string {
	for (const layer of layers(thrown)) {
		if (typeof layer.code === 'string') return layer.code;
	}
	// n8n 1 drops the cause and keeps its code under this name.
	const { httpCode } = thrown instanceof NodeApiError ? thrown : {};
	return /^[A-Z][A-Z0-9_]+$/.test(httpCode ?? '') ? String(httpCode) : '';
}

/** The code of a network error, such as `ECONNREFUSED`; empty when there is none. */
export function codeIn(thrown: unknown): string {
	const code = reportedCode(thrown);
	return ENDED_BY_HELPER.includes(code) ? TIMED_OUT : code;
}

/** Node reports the failed system call: before a connection is established, it is `connect`. */
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
 * Every status counts as a response there (`ignoreHttpStatusErrors`), so an error always means that no complete
 * response arrived. If it contains a status, the response was truncated. The error itself is dropped, because it
 * contains the whole request with credential and personal data.
 */
export function failedAttempt(thrown: unknown): NetworkAttempt | NotSentAttempt {
	const error = notSentErrorIn(thrown);
	return error === undefined
		? { kind: 'network', code: codeIn(thrown), ...whileConnected(thrown) }
		: { kind: 'notSent', error };
}
