import type { IDataObject } from 'n8n-workflow';
import type { FieldContext } from '../../../shared/fields/field';
import { switchField } from '../../../shared/fields/switch';

/** Details of storage and the input of an execution. Any other field may be needed. */
const DROPPED = new Set([
	'workspaceId',
	'parameters',
	'origin',
	'revision',
	'locale',
	'uiOptions',
	'executionType',
	'executionVersion',
]);

/** For operations whose response can have more than ten fields, such as an execution of v3. */
export const simplifyField = switchField(
	'simplify',
	'Simplify',
	true,
	'Whether to return a simplified version of the response instead of the raw data',
);

/**
 * Reads the choice before any request is sent.
 *
 * @returns a function that converts a response to output, with or without technical details
 */
export function readSimplify(context: FieldContext): (fields: IDataObject) => IDataObject {
	if (!simplifyField.read(context)) return (fields) => fields;
	return (fields) =>
		Object.fromEntries(Object.entries(fields).filter(([name]) => !DROPPED.has(name)));
}
