import type { IDataObject } from 'n8n-workflow';
import type { DeliveryEvent, VerifiedSignature } from './delivery';
import type { Output } from './options';

/** Builds the item for an event; missing values are null. */
export function itemFor(
	{ fields, event, eventId, status, outcome, payload, lookup }: DeliveryEvent,
	{
		receivedAt,
		signature,
		output,
	}: { receivedAt: string; signature: VerifiedSignature; output: Output },
): IDataObject {
	const { workflowId, caseId, recordId, reference, workflowDefinitionId } = fields;
	const isWhole = output === 'everything';
	return {
		eventId,
		event,
		outcome,
		workflowId,
		caseId,
		recordId,
		status,
		...(isWhole ? { reference } : {}),
		workflowDefinitionId,
		receivedAt,
		signature: { ...signature },
		confirmed: lookup?.found === true,
		// n8n can store any JSON value in an item.
		...(isWhole ? { payload: payload as IDataObject } : {}),
	};
}
