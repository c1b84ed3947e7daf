import type { INodeProperties } from 'n8n-workflow';
import type { ItemContext } from '../operation';
import { identifierField, readIdentifier, recordIdentifier, tableIdentifier } from './identifier';

/** The fields that name a record. */
export const recordPathFields: INodeProperties[] = [
	identifierField(tableIdentifier),
	identifierField(recordIdentifier),
];

/** Where a record is. */
export interface RecordPath {
	/** Below the base URL. */
	path: string;
	/** The words for a record that TransactionLink does not know. */
	ifUnknown: { subject: string; whereToFind: string };
}

/**
 * Reads for one item which record is meant.
 *
 * @throws NodeOperationError when one of its IDs cannot be one
 */
export function readRecordPath(item: ItemContext): RecordPath {
	const tableId = readIdentifier(item, tableIdentifier);
	const recordId = readIdentifier(item, recordIdentifier);
	return {
		path: `/tables/${encodeURIComponent(tableId)}/records/${encodeURIComponent(recordId)}`,
		ifUnknown: {
			subject: `a record with the ID ${recordId} in a table with the ID ${tableId}`,
			whereToFind:
				'The ID of a record is the field "id" in the output of Record → Create. That of a table ' +
				'stands in the TransactionLink dashboard.',
		},
	};
}
