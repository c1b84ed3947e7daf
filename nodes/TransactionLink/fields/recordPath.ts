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
	ids: { recordId: string; tableId: string };
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
		ids: { recordId, tableId },
	};
}
