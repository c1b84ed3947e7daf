import { NodeApiError, type IDataObject } from 'n8n-workflow';
import { getWorkflow } from '../../../shared/api/endpoints';
import type { Run } from '../../../shared/api/run';
import { isPassingTrouble } from '../../../shared/api/errors';
import { pause } from '../../../shared/http/pause';
import { awaitResult } from '../../../shared/api/result';
import type { ItemContext } from '../../operation';
import { pollScheduleOf } from './pollSchedule';

/** An answer has this long, however little of the wait is left, and no longer, however much is. */
const SHORTEST_ANSWER_MILLISECONDS = 2_000;
const LONGEST_ANSWER_MILLISECONDS = 30_000;

function inWords(milliseconds: number): string {
	const minutes = Math.round((milliseconds / 60_000) * 100) / 100;
	return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}

function ending(
	item: ItemContext,
	message: string,
	description: string,
	status: string,
): NodeApiError {
	const error = new NodeApiError(item.context.getNode(), {}, { message, description });
	error.context.data = { status };
	return error;
}

function cancelled(item: ItemContext, status: string): NodeApiError {
	return ending(
		item,
		'Waiting for the run was cancelled',
		'The run itself goes on in TransactionLink.',
		status,
	);
}

function tooLong(item: ItemContext, status: string, maxWait: number): NodeApiError {
	return ending(
		item,
		`The run is not completed after ${inWords(maxWait)}: its status is ${status || 'not known'}`,
		'It goes on in TransactionLink. Set Max Wait (Minutes) higher, pick the run up later ' +
			'with Workflow → Wait for Completion, or let the TransactionLink Trigger tell when it is ' +
			'done.',
		status,
	);
}

function unsuccessful(item: ItemContext, status: string): NodeApiError {
	const error = ending(
		item,
		`The run ended without success: its status is ${status}`,
		'Look at the run in the TransactionLink dashboard to see why.',
		status,
	);
	error.context.runHasEnded = true;
	return error;
}

/**
 * Asks once; trouble that usually goes by counts as "no news", so that it does not end a wait of an hour.
 *
 * @param left milliseconds that the wait may still take
 */
async function look(
	item: ItemContext,
	workflowId: string,
	before: Run,
	left: number,
): Promise<Run> {
	const timeoutMilliseconds = Math.min(
		Math.max(left, SHORTEST_ANSWER_MILLISECONDS),
		LONGEST_ANSWER_MILLISECONDS,
	);
	const retryPolicy = { attempts: 1, timeoutMilliseconds };
	const asVersion = before.version === undefined ? {} : { version: before.version };
	const [asked] = await Promise.allSettled([
		getWorkflow(item.client, workflowId, { retryPolicy, ...asVersion }),
	]);
	if (asked.status === 'fulfilled') return asked.value;
	if (isPassingTrouble(asked.reason)) return before;
	throw asked.reason;
}

async function watch(
	item: ItemContext,
	run: Run,
	workflowId: string,
	maxWait: number,
): Promise<Run> {
	const start = Date.now();
	const deadline = start + maxWait;
	const turn = pollScheduleOf(item.client).join();
	let seen = run;
	try {
		// A run of which nothing is known yet is looked at without delay.
		if (seen.status === '') seen = await look(item, workflowId, seen, maxWait);
		while (seen.outcome === 'pending') {
			const left = deadline - Date.now();
			if (left <= 0) throw tooLong(item, seen.status, maxWait);
			const wait = turn.pause(Date.now() - start);
			await item.releaseSlotWhile(async () => await pause(Math.min(wait, left), item.signal));
			if (item.signal?.aborted) throw cancelled(item, seen.status);
			const asks = turn.next(wait, Date.now()) || Date.now() >= deadline;
			if (asks && item.client.quietFor === 0)
				seen = await look(item, workflowId, seen, deadline - Date.now());
		}
		return seen;
	} finally {
		turn.leave(seen.outcome !== 'pending', Date.now());
	}
}

async function resultOf(item: ItemContext, workflowId: string, ended: Run): Promise<IDataObject> {
	const rest = async (milliseconds: number): Promise<boolean> => {
		await item.releaseSlotWhile(async () => await pause(milliseconds, item.signal));
		return item.signal?.aborted !== true;
	};
	const found = await awaitResult(item.client, workflowId, rest, ended);
	return 'result' in found
		? { result: found.result }
		: { result: null, resultError: 'TransactionLink has no result for the run' };
}

/**
 * Waits until a run has ended: asks at growing intervals, from a second up to a tenth of the time that has passed.
 *
 * @param run what is known of the run so far; with an empty status it is asked for at once
 * @param maxWait in milliseconds
 * @returns the last status, with the result beside it under `result`; where there is none to be had, that is null
 *   and `resultError` says so
 * @throws NodeApiError when the time is up, the run ended without success, or the person cancelled
 */
export async function awaitCompletion(
	item: ItemContext,
	run: Run,
	workflowId: string,
	maxWait: number,
): Promise<IDataObject> {
	const ended = await watch(item, run, workflowId, maxWait);
	if (ended.outcome === 'failed') throw unsuccessful(item, ended.status);
	return { ...ended.fields, ...(await resultOf(item, workflowId, ended)) };
}
