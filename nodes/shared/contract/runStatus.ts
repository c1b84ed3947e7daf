/** How far a run is, as far as its status tells. */
export type Outcome = 'pending' | 'completed' | 'failed';

const SUCCESSFUL = 'COMPLETED';

/**
 * Not seen live and not documented: the usual words for an end without success. A status that is not listed
 * here counts as still going, so that a run is never given up for an unknown word.
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

/**
 * Reads a run's status. The vendor documents no full list, so a status is an open text, and its case does not
 * matter.
 */
export function outcomeOf(status: string): Outcome {
	const word = status.trim().toUpperCase();
	if (word === SUCCESSFUL) return 'completed';
	return UNSUCCESSFUL.has(word) ? 'failed' : 'pending';
}

const WORD = /^[A-Za-z0-9_.-]{1,60}$/;

/** A status for a message, which n8n writes into its logs: a word of the vendor's, and nothing else. */
export function statusInWords(status: string): string {
	return WORD.test(status) ? status : 'not known';
}

/** Usual words for a run that goes on. Not documented either; only `RUNNING` was seen. */
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

/** Whether a status is one of the usual words for a run that goes on; an unknown word is not. */
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
