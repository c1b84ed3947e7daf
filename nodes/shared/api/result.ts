import type { IDataObject } from 'n8n-workflow';
import { isJsonObject } from '../json';
import { getResult, getWorkflow } from './endpoints';
import type { Run } from './run';
import type { Client } from './client';

/** A run can be completed a moment before its result is there: how often to look, and how long to wait between. */
const RESULT_ATTEMPTS = 4;
const RESULT_PAUSE_MILLISECONDS = 1_000;

/** What a run yielded, or the run that has yielded nothing that could be found. */
export type FoundResult = { result: IDataObject } | { run: Run };

/**
 * Finds what a run yielded.
 *
 * For runs of v1 and v2 the vendor documents `/workflows/{workflowId}/result`. For an execution of v3 it does not
 * say where the result is. It may be a field of the status, or the same address; both are looked at, here and
 * nowhere else. It may also be the record, which Record → Get reads: the run tells its `recordId`.
 *
 * @param seen the run, where its status was asked for already
 */
export async function findResult(
	client: Client,
	workflowId: string,
	seen?: Run,
): Promise<FoundResult> {
	if (seen !== undefined && isJsonObject(seen.fields.result)) return { result: seen.fields.result };
	const result = await getResult(client, workflowId, seen?.version);
	if (result !== undefined) return { result };
	const run = seen ?? (await getWorkflow(client, workflowId));
	return isJsonObject(run.fields.result) ? { result: run.fields.result } : { run };
}

/**
 * The same, and again where it is not there yet.
 *
 * @param pause waits for so many milliseconds, and says whether to look again after that
 */
export async function awaitResult(
	client: Client,
	workflowId: string,
	pause: (milliseconds: number) => Promise<boolean>,
	seen?: Run,
): Promise<FoundResult> {
	for (let attempt = 1; ; attempt += 1) {
		const found = await findResult(client, workflowId, seen);
		if ('result' in found || attempt === RESULT_ATTEMPTS) return found;
		if (!(await pause(RESULT_PAUSE_MILLISECONDS))) return found;
	}
}
