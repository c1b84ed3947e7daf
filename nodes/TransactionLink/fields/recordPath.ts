import type { Field, FieldContext } from '../../shared/fields/field';
import { recordIdField, tableIdField } from './identifiers';

/** The fields that name a record. */
export const recordPathFields: ReadonlyArray<Field<unknown>> = [tableIdField, recordIdField];

/** Where a record is. */
export interface RecordPath {
	/** Below the base URL. */
	path: string;
	ids: { recordId: string; tableId: string };
}

/** Reads which record is meant. @throws NodeOperationError when one of its IDs cannot be one */
export function readRecordPath(context: FieldContext): RecordPath {
	const tableId = tableIdField.read(context);
	const recordId = recordIdField.read(context);
	return {
		path: `/tables/${encodeURIComponent(tableId)}/records/${encodeURIComponent(recordId)}`,
		ids: { recordId, tableId },
	};
}
