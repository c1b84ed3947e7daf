import { NodeApiError, type IDataObject } from 'n8n-workflow';
import { getWorkflow } from '../../../shared/api/endpoints';
import { runOutput, type Run } from '../../../shared/api/run';
import { statusInWords } from '../../../shared/contract/runStatus';
import { isTransientError } from '../../../shared/api/errors';
import { monotonicNow } from '../../../shared/http/clock';
import { within } from '../../../shared/http/deadline';
import { pause } from '../../../shared/http/pause';
import { settle } from '../../../shared/http/settle';
import { defined } from '../../../shared/json';
import { awaitResult } from '../../../shared/api/result';
import type { Waiting } from '../../fields/waiting';
import type { ItemContext } from '../../operation';
import { pollScheduleOf } from './pollSchedule';

/** The shortest and longest timeout of a status request, whatever is left of the wait. */
const SHORTEST_RESPONSE_MILLISECONDS = 2_000;
const LONGEST_RESPONSE_MILLISECONDS = 30_000;

/** After this time, the ended run is returned without its result. */
const LONGEST_RESULT_MILLISECONDS = 60_000;

/** TransactionLink may not find a run that was just started. */
const UNKNOWN_AT_FIRST_MILLISECONDS = 10_000;

function inWords(milliseconds: number): string {
	const minutes = Math.round((milliseconds / 60_000) * 100) / 100;
	return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}

function waitError(
	item: ItemContext,
	message: string,
	description: string,
	status: string,
	code: string,
): NodeApiError {
	const error = new NodeApiError(item.context.getNode(), {}, { message, description });
	Object.assign(error.context, { code, retryable: code === 'WAIT_TIMEOUT', data: { status } });
	return error;
}

function cancelled(item: ItemContext, status: string): NodeApiError {
	return waitError(
		item,
		'Waiting for the run was cancelled',
		'The run itself goes on in TransactionLink.',
		status,
		'WAIT_CANCELLED',
	);
}

function tooLong(item: ItemContext, status: string, maxWait: number): NodeApiError {
	return waitError(
		item,
		`The run is not completed after ${inWords(maxWait)}: its status is ${statusInWords(status)}`,
		`The run goes on in TransactionLink. ${
			// `withItem` adds how to continue with a run that this item started.
			item.created.workflowId === undefined
				? 'Run this item again to wait longer'
				: 'For later runs, set Max Wait (Minutes) higher'
		}, or use the TransactionLink Trigger.`,
		status,
		'WAIT_TIMEOUT',
	);
}

function unsuccessful(item: ItemContext, status: string): NodeApiError {
	const error = waitError(
		item,
		`The run ended without success: its status is ${statusInWords(status)}`,
		'Look at the run in the TransactionLink dashboard to see why. To handle this in an If node, switch the option ' +
			'"Fail When the Run Fails" off.',
		status,
		'RUN_FAILED',
	);
	error.context.runHasEnded = true;
	return error;
}

/**
 * Gets the status once. A transient error leaves the status unchanged, so that it does not end a long wait.
 *
 * @param left remaining milliseconds of the wait
 * @param isNew whether this item has just started the run, so that a 404 is transient
 */
async function look(
	item: ItemContext,
	workflowId: string,
	before: Run,
	left: number,
	isNew: boolean,
): Promise<Run> {
	const timeoutMilliseconds = Math.min(
		Math.max(left, SHORTEST_RESPONSE_MILLISECONDS),
		LONGEST_RESPONSE_MILLISECONDS,
	);
	const retryPolicy = { attempts: 1, timeoutMilliseconds };
	const request = getWorkflow(item.client, workflowId, {
		retryPolicy,
		...defined({ version: before.version }),
	});
	// Signing in takes extra time, which must not exceed the wait.
	const ended = await within(settle(request), timeoutMilliseconds, item.signal);
	if (ended.kind !== 'done') return before;
	if ('result' in ended.result) return ended.result.result;
	const { reason } = ended.result;
	const isUnknown = reason instanceof NodeApiError && reason.httpCode === '404';
	if (isTransientError(reason) || (isNew && isUnknown)) return before;
	throw reason;
}

async function watch(
	item: ItemContext,
	run: Run,
	workflowId: string,
	maxWait: number,
): Promise<Run> {
	const start = monotonicNow();
	const age = (): number => monotonicNow() - start;
	// Only a run that this item started already has an ID.
	const isNew = (): boolean => run.id !== undefined && age() < UNKNOWN_AT_FIRST_MILLISECONDS;
	const turn = pollScheduleOf(item.client).join();
	let seen = run;
	try {
		// If the status is unknown, get it without delay.
		if (seen.status === '') seen = await look(item, workflowId, seen, maxWait, isNew());
		while (seen.outcome === 'pending') {
			const left = maxWait - age();
			if (left <= 0) throw tooLong(item, seen.status, maxWait);
			const wait = turn.pause(age());
			await item.releaseSlotWhile(async () => await pause(Math.min(wait, left), item.signal));
			if (item.signal?.aborted) throw cancelled(item, seen.status);
			const asks = turn.next(wait, monotonicNow()) || age() >= maxWait;
			if (asks && item.client.quietFor === 0)
				seen = await look(item, workflowId, seen, maxWait - age(), isNew());
			if (item.signal?.aborted && seen.outcome === 'pending') throw cancelled(item, seen.status);
		}
		return seen;
	} finally {
		turn.leave(seen.outcome !== 'pending', monotonicNow());
	}
}

async function resultOf(item: ItemContext, workflowId: string, ended: Run): Promise<IDataObject> {
	let isOver = false;
	const pauseForResult = async (milliseconds: number): Promise<boolean> => {
		await item.releaseSlotWhile(async () => await pause(milliseconds, item.signal));
		return !isOver && item.signal?.aborted !== true;
	};
	const finding = settle(awaitResult(item.client, workflowId, pauseForResult, { seen: ended }));
	const found = await within(finding, LONGEST_RESULT_MILLISECONDS, item.signal);
	isOver = true;
	if (found.kind !== 'done')
		return { result: null, resultError: 'TransactionLink did not return the result in time' };
	if ('reason' in found.result) throw found.result.reason;
	const { result } = found.result;
	return 'result' in result
		? { result: result.result }
		: { result: null, resultError: 'TransactionLink has no result for the run' };
}

/**
 * Waits until a run has ended. Gets its status at growing intervals, from a second up to a tenth of the elapsed time.
 *
 * @param run the run so far; if its status is empty, it is requested immediately
 * @returns the last status, with the result in `result`. If the result is unavailable, `result` is null and
 *   `resultError` contains the reason. A run that ended without success has no result.
 * @throws NodeApiError after a timeout or a cancellation, or when the run ended without success and that should fail
 */
export async function awaitCompletion(
	item: ItemContext,
	run: Run,
	workflowId: string,
	{ maxWait, failWhenRunFails }: Waiting,
): Promise<IDataObject> {
	const ended = await watch(item, run, workflowId, maxWait);
	const isFailed = ended.outcome === 'failed';
	if (isFailed && failWhenRunFails) throw unsuccessful(item, ended.status);
	const result = isFailed ? { result: null } : await resultOf(item, workflowId, ended);
	return { ...runOutput(ended, workflowId), ...result };
}
