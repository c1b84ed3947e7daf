import type { INodeProperties } from 'n8n-workflow';
import type { ItemContext } from '../operation';
import { validationError } from './validationError';

const LONGEST_MINUTES = 24 * 60;

/** How long to wait for a run. */
export const maxWaitField: INodeProperties = {
	displayName: 'Max Wait (Minutes)',
	name: 'maxWaitMinutes',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 5,
	description:
		'How long to wait for the run, up to 1440. If it is not done by then, the item fails and ' +
		'the run goes on. Waiting keeps this execution busy: for runs that take hours, use the ' +
		'TransactionLink Trigger instead.',
};

/** Whether to wait at all, and how long: for operations that start a run. */
export const waitFields: INodeProperties[] = [
	{
		displayName: 'Wait for Completion',
		name: 'waitForCompletion',
		type: 'boolean',
		default: false,
		description:
			'Whether to wait until the run has completed, and put its result into the output. A run ' +
			'with a link for the end user is not waited for.',
	},
	{ ...maxWaitField, displayOptions: { show: { waitForCompletion: [true] } } },
];

/**
 * Reads how long to wait for one item.
 *
 * @returns milliseconds
 * @throws NodeOperationError when it is not a number of minutes within a day
 */
export function readMaxWait(item: ItemContext): number {
	const entered: unknown = item.context.getNodeParameter('maxWaitMinutes', item.index, 5);
	const minutes = typeof entered === 'string' && entered.trim() !== '' ? Number(entered) : entered;
	if (
		typeof minutes !== 'number' ||
		!Number.isFinite(minutes) ||
		minutes <= 0 ||
		minutes > LONGEST_MINUTES
	) {
		throw validationError(
			item,
			'Max Wait (Minutes)',
			'is not a number of minutes',
			`Enter a number above 0 and up to ${LONGEST_MINUTES}`,
		);
	}
	return minutes * 60_000;
}

/**
 * The same for an operation that starts a run, where waiting is a choice.
 *
 * @returns milliseconds, or nothing to not wait
 */
export function readMaxWaitWhereWanted(item: ItemContext): number | undefined {
	const waits = item.context.getNodeParameter('waitForCompletion', item.index, false) === true;
	return waits ? readMaxWait(item) : undefined;
}
