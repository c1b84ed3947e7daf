import type { Field, FieldContext } from '../../shared/fields/field';
import { recordIdField, tableIdField } from './identifiers';

/** The fields that identify a record. */
export const recordPathFields: ReadonlyArray<Field<unknown>> = [tableIdField, recordIdField];

/** The path of a record. */
export interface RecordPath {
	/** Below the base URL. */
	path: string;
	ids: { recordId: string; tableId: string };
}

/** Reads the path of a record. @throws NodeOperationError when one of its IDs is invalid */
export function readRecordPath(context: FieldContext): RecordPath {
	const tableId = tableIdField.read(context);
	const recordId = recordIdField.read(context);
	return {
		path: `/tables/${encodeURIComponent(tableId)}/records/${encodeURIComponent(recordId)}`,
		ids: { recordId, tableId },
	};
}
