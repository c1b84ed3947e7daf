import { showWhen, type Field, type FieldContext } from '../../shared/fields/field';
import { numberField } from '../../shared/fields/number';
import { switchField } from '../../shared/fields/switch';

const MINUTE_MILLISECONDS = 60_000;

/** How long to wait for a run. */
export const maxWaitField = numberField({
	name: 'maxWaitMinutes',
	label: 'Max Wait (Minutes)',
	description:
		'How long to wait for the run, up to 1440. If it is not done by then, the item fails and the run goes on. ' +
		'Waiting keeps this execution busy: for runs that take hours, use the TransactionLink Trigger instead.',
	default: 5,
	min: 0,
	aboveMin: true,
	max: 24 * 60,
});

const waitForCompletion = switchField(
	'waitForCompletion',
	'Wait for Completion',
	false,
	'Whether to wait until the run has completed, and put its result into the output. A run with a link for the ' +
		'end user is not waited for.',
);

/** Whether to wait at all, and how long: for operations that start a run. */
export const waitFields: ReadonlyArray<Field<unknown>> = [
	waitForCompletion,
	showWhen({ waitForCompletion: [true] }, maxWaitField),
];

/** Reads how long to wait, in milliseconds. @throws NodeOperationError when it is not within a day */
export function readMaxWait(context: FieldContext): number {
	return maxWaitField.read(context) * MINUTE_MILLISECONDS;
}

/** The same where waiting is a choice. @returns milliseconds, or nothing to not wait */
export function readMaxWaitWhereWanted(context: FieldContext): number | undefined {
	return waitForCompletion.read(context) ? readMaxWait(context) : undefined;
}
