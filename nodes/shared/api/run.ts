import type { IDataObject } from 'n8n-workflow';
import { outcomeOf, type Outcome } from '../contract/runStatus';
import { defined, textIn } from '../json';

/** A run, read once from a response. */
export interface Run {
	/** Undefined when the response did not contain it. */
	id: string | undefined;
	/** Empty when the response did not contain it. */
	status: string;
	outcome: Outcome;
	/** The version of the API that the run belongs to, if known. */
	version?: 2;
	/** The whole response, unchanged. */
	fields: IDataObject;
}

/** Reads the response to a request that starts or gets a run. */
export function readRun(fields: IDataObject, version?: 2): Run {
	const status = textIn(fields.status) ?? '';
	return {
		id: textIn(fields.id),
		status,
		outcome: outcomeOf(status),
		fields,
		...defined({ version }),
	};
}

/**
 * A run as output: the response, and the fields that every operation adds.
 *
 * @param workflowId used if the response does not contain the ID
 */
export function runOutput({ fields, outcome }: Run, workflowId: string): IDataObject {
	return { ...fields, workflowId, outcome };
}
