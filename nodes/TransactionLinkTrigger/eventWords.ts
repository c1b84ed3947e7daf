/** The meaning of an event's name. */
export type Reported = 'completed' | 'failed' | 'awaiting' | 'changed';

/** Words that can occur next to "completed" without changing what completed. */
const NEUTRAL = new Set([
	'been',
	'event',
	'events',
	'execution',
	'executions',
	'has',
	'is',
	'notification',
	'run',
	'runs',
	'state',
	'status',
	'successfully',
	'transactionlink',
	'was',
	'webhook',
	'webhooks',
	'workflow',
	'workflows',
]);

const COMPLETED = new Set(['complete', 'completed', 'succeeded']);

const FAILED = new Set([
	'aborted',
	'canceled',
	'cancelled',
	'expired',
	'failed',
	'rejected',
	'terminated',
]);

const AWAITING = new Set(['await', 'awaiting', 'awaits']);

const CHANGED = new Set([
	'change',
	'changed',
	'changes',
	'created',
	'progress',
	'resumed',
	'running',
	'started',
	'update',
	'updated',
]);

/** Splits "workflow.completed", "WORKFLOW_COMPLETED" and "workflowCompleted" into the same words. */
function wordsOf(name: string): string[] {
	return name
		.replace(/([a-z\d])([A-Z])/g, '$1 $2')
		.replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
		.toLowerCase()
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => word !== '' && !/^v?\d+$/.test(word));
}

/**
 * Reads the name of an event. It counts as the end of a run only if every word fits: "step.completed",
 * "not_completed" and "completion_failed" report something else.
 *
 * @returns undefined when the name is unknown
 */
export function reportedBy(name: string | null): Reported | undefined {
	const words = wordsOf(name ?? '');
	if (words.some((word) => AWAITING.has(word))) return 'awaiting';
	const telling = words.filter((word) => !NEUTRAL.has(word));
	const [word = ''] = telling;
	if (telling.length === 1 && COMPLETED.has(word)) return 'completed';
	if (telling.length === 1 && FAILED.has(word)) return 'failed';
	return telling.length > 0 && telling.every((other) => CHANGED.has(other)) ? 'changed' : undefined;
}
