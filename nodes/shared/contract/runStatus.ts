/** The outcome of a run by its status. */
export type Outcome = 'pending' | 'completed' | 'failed';

const SUCCESSFUL = 'COMPLETED';

/**
 * Neither documented nor seen live: the usual words for an end without success. Any other status counts as pending,
 * so that an unknown word never ends a wait.
 */
const UNSUCCESSFUL = new Set([
	'CANCELLED',
	'EXPIRED',
	'CANCELED',
	'FAILED',
	'ERROR',
	'REJECTED',
	'TERMINATED',
	'ABORTED',
]);

/** The outcome for a status. TransactionLink documents no complete list, so a status can be any text, in any case. */
export function outcomeOf(status: string): Outcome {
	const word = status.trim().toUpperCase();
	if (word === SUCCESSFUL) return 'completed';
	return UNSUCCESSFUL.has(word) ? 'failed' : 'pending';
}

const WORD = /^[A-Za-z0-9_.-]{1,60}$/;

/** A status for a message, which n8n writes to its logs: only if it is a single word. */
export function statusInWords(status: string): string {
	return WORD.test(status) ? status : 'not known';
}

/** Usual words for a run that continues. Not documented either; only `RUNNING` is in an example. */
const PENDING = new Set([
	'ACTIVE',
	'CREATED',
	'DRAFT',
	'INCOMPLETE',
	'INITIATED',
	'IN_PROGRESS',
	'IN_REVIEW',
	'NEW',
	'ON_HOLD',
	'OPEN',
	'PAUSED',
	'PENDING',
	'PROCESSING',
	'QUEUED',
	'READY',
	'RUNNING',
	'SCHEDULED',
	'STARTED',
	'SUSPENDED',
	'UNDER_REVIEW',
	'WAITING',
]);

/** Whether a status is one of the usual words for a run that continues. */
export function isKnownPending(status: string): boolean {
	const word = status
		.trim()
		.toUpperCase()
		.replace(/[\s-]+/g, '_');
	return PENDING.has(word) || /^AWAIT/.test(word);
}

/** Whether a status is any word that this package knows. */
export function isKnownStatus(status: string): boolean {
	return outcomeOf(status) !== 'pending' || isKnownPending(status);
}
