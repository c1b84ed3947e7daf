import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemContext } from '../../operation';

/** How TransactionLink keeps an execution, and what it was started with. Anything else may be what is wanted. */
const DROPPED = new Set([
	'workspaceId',
	'parameters',
	'revision',
	'locale',
	'uiOptions',
	'executionType',
	'executionVersion',
]);

/** For operations whose answer can have more than ten fields: those that an execution of v3 may answer. */
export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** The answer as the person wants it: all of it, or without what nobody goes on with. */
export function simplified(
	{ context, index }: Pick<ItemContext, 'context' | 'index'>,
	fields: IDataObject,
): IDataObject {
	if (context.getNodeParameter('simplify', index, true) === false) return fields;
	return Object.fromEntries(Object.entries(fields).filter(([name]) => !DROPPED.has(name)));
}
