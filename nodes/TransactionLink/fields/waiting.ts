import { showWhen, type Field, type FieldContext } from '../../shared/fields/field';
import { numberField } from '../../shared/fields/number';
import { switchField } from '../../shared/fields/switch';
import { option } from './options';

const MINUTE_MILLISECONDS = 60_000;

/** How long to wait for a run. */
export const maxWaitField = numberField({
	name: 'maxWaitMinutes',
	label: 'Max Wait (Minutes)',
	description:
		'How long to wait for the run, up to 1440. If it is not done by then, the item fails and the run goes on. ' +
		'For runs that take hours, use the TransactionLink Trigger instead.',
	default: 5,
	min: 0,
	aboveMin: true,
	max: 24 * 60,
});

const waitForCompletion = switchField(
	'waitForCompletion',
	'Wait for Completion',
	false,
	'Whether to wait until the run has completed, and put its result into the output. The node does not wait ' +
		'for a run with a link for the end user.',
);

/** Whether an item fails when its run ends without success. */
export const failWhenRunFails = option(
	switchField(
		'failWhenRunFails',
		'Fail When the Run Fails',
		true,
		'Whether an item fails when its run ends without success. If switched off, such runs are output items with the ' +
			'outcome "failed".',
	),
);

/** The options of operations that start a run. The slash refers to a field outside the collection. */
export const waitOptions: ReadonlyArray<Field<unknown>> = [
	showWhen({ '/waitForCompletion': [true] }, failWhenRunFails),
];

/** Whether and how long to wait, for operations that start a run. */
export const waitFields: ReadonlyArray<Field<unknown>> = [
	waitForCompletion,
	showWhen({ waitForCompletion: [true] }, maxWaitField),
];

/** How to wait for a run. */
export interface Waiting {
	/** In milliseconds. */
	maxWait: number;
	/** Whether the item fails when the run ends without success. */
	failWhenRunFails: boolean;
}

/** Reads how to wait. @throws NodeOperationError when Max Wait is invalid or longer than a day */
export function readWaiting(context: FieldContext): Waiting {
	return {
		maxWait: maxWaitField.read(context) * MINUTE_MILLISECONDS,
		failWhenRunFails: failWhenRunFails.read(context),
	};
}

/** The same if waiting is optional. @returns undefined to not wait */
export function readOptionalWaiting(context: FieldContext): Waiting | undefined {
	return waitForCompletion.read(context) ? readWaiting(context) : undefined;
}
