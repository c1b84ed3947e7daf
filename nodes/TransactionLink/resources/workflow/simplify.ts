import type { IDataObject } from 'n8n-workflow';
import type { FieldContext } from '../../../shared/fields/field';
import { switchField } from '../../../shared/fields/switch';

/** How TransactionLink stores an execution, and what it was started with. Any other field may be needed. */
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

/** For operations whose response can have more than ten fields, as an execution of v3 has. */
export const simplifyField = switchField(
	'simplify',
	'Simplify',
	true,
	'Whether to return a simplified version of the response instead of the raw data',
);

/**
 * Reads how the user wants the response, before anything is requested.
 *
 * @returns what turns a response into output: all of it, or without what automations do not need
 */
export function readSimplify(context: FieldContext): (fields: IDataObject) => IDataObject {
	if (!simplifyField.read(context)) return (fields) => fields;
	return (fields) =>
		Object.fromEntries(Object.entries(fields).filter(([name]) => !DROPPED.has(name)));
}
