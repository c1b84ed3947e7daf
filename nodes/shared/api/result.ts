import type { IDataObject } from 'n8n-workflow';
import { defined, isJsonObject } from '../json';
import { getResult, getWorkflow } from './endpoints';
import type { Run } from './run';
import type { Client } from './client';

/** A run can be completed a moment before its result is there: how often to look, and how long to pause in between. */
const RESULT_ATTEMPTS = 4;
const RESULT_PAUSE_MILLISECONDS = 1_000;

/** The result of a run, or the run, which has none. */
export type FoundResult = { result: IDataObject } | { run: Run };

/**
 * Finds the result of a run.
 *
 * For runs of v1 and v2 the vendor documents `/workflows/{workflowId}/result`. For an execution of v3 it does not
 * document where the result is. It may be a field of the status, or the same address; both are read, here and
 * nowhere else. It may also be the record, which Record → Get reads: the run contains its `recordId`.
 *
 * @param seen the run, where its status was read a moment ago
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
 * The same, and again where it is not there yet. Each further attempt reads the status again: the result may appear
 * in it.
 *
 * @param pause waits for so many milliseconds, and returns whether to look again after that
 */
export async function awaitResult(
	client: Client,
	workflowId: string,
	pause: (milliseconds: number) => Promise<boolean>,
	seen?: Run,
): Promise<FoundResult> {
	for (let attempt = 1; ; attempt += 1) {
		const known = attempt === 1 ? seen : undefined;
		const found = await findResult(client, workflowId, known, seen?.version);
		if ('result' in found || attempt === RESULT_ATTEMPTS) return found;
		if (!(await pause(RESULT_PAUSE_MILLISECONDS))) return found;
	}
}
