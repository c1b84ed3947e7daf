import type { IDataObject } from 'n8n-workflow';
import { defined, isJsonObject } from '../json';
import { getResult, getWorkflow } from './endpoints';
import type { Run } from './run';
import type { Client } from './client';

/** A run can be completed shortly before its result is available: number of attempts, and pause in between. */
const RESULT_ATTEMPTS = 4;
const RESULT_PAUSE_MILLISECONDS = 1_000;

/** The result of a run, or the run without a result. */
export type FoundResult = { result: IDataObject } | { run: Run };

/**
 * Finds the result of a run.
 *
 * TransactionLink documents `/workflows/{workflowId}/result` for runs of v1 and v2. It does not document where the
 * result of a v3 execution is. It may be a field of the status, or at the same path; only this function reads both.
 * It may also be in the record, which Record → Get reads: the run contains its `recordId`.
 *
 * @param seen the run, if its status was read just before
 */
export async function findResult(
	client: Client,
	workflowId: string,
	seen?: Run,
	version: 2 | undefined = seen?.version,
): Promise<FoundResult> {
	if (seen !== undefined && isJsonObject(seen.fields.result)) return { result: seen.fields.result };
	const result = await getResult(client, workflowId, version);
	if (result !== undefined) return { result };
	const run = seen ?? (await getWorkflow(client, workflowId, defined({ version })));
	return isJsonObject(run.fields.result) ? { result: run.fields.result } : { run };
}

/**
 * Like `findResult`, but repeated until the result is available. Each attempt gets the status again, because the
 * result may be in it.
 *
 * @param pause waits for that many milliseconds, and returns whether to try again
 * @param known `seen`: the run, if its status was read just before; `version`: of the run, if it is not that of `seen`
 */
export async function awaitResult(
	client: Client,
	workflowId: string,
	pause: (milliseconds: number) => Promise<boolean>,
	{ seen, version = seen?.version }: { seen?: Run | undefined; version?: 2 | undefined } = {},
): Promise<FoundResult> {
	for (let attempt = 1; ; attempt += 1) {
		const known = attempt === 1 ? seen : undefined;
		const found = await findResult(client, workflowId, known, version);
		if ('result' in found || attempt === RESULT_ATTEMPTS) return found;
		if (!(await pause(RESULT_PAUSE_MILLISECONDS))) return found;
	}
}
