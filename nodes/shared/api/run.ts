import type { IDataObject } from 'n8n-workflow';
import { outcomeOf, type Outcome } from '../contract/runStatus';
import { textIn } from '../json';

/** A run, read once from a response and then passed on as one thing. */
export interface Run {
	/** Nothing when the response did not contain it. */
	id: string | undefined;
	/** Empty when the response did not contain it. */
	status: string;
	outcome: Outcome;
	/** The version of the API that the run belongs to, where that is known. */
	version?: 2;
	/** The whole response, unchanged. */
	fields: IDataObject;
}

/** Reads the response to a request that starts a run or reads one. */
export function readRun(fields: IDataObject, version?: 2): Run {
	const status = textIn(fields.status) ?? '';
	const run: Run = { id: textIn(fields.id), status, outcome: outcomeOf(status), fields };
	if (version !== undefined) run.version = version;
	return run;
}

/**
 * A run as output: the response, and the fields that every operation names alike.
 *
 * @param workflowId for a response that does not contain the ID
 */
export function runOutput({ fields, outcome }: Run, workflowId: string): IDataObject {
	return { ...fields, workflowId, outcome };
}
