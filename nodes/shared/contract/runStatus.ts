/** How far a run is, as far as its status tells. */
export type Outcome = 'pending' | 'completed' | 'failed';

const SUCCESSFUL = 'COMPLETED';

/**
 * Not seen live and not documented: the usual words for an end without success. A status that is not listed
 * here counts as still going, so that a run is never given up for an unknown word.
 */
const UNSUCCESSFUL = new Set([
	'FAILED',
	'ERROR',
	'CANCELLED',
	'CANCELED',
	'EXPIRED',
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
