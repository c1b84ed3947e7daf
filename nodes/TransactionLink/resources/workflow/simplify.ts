import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Item } from '../../operation';

/** What a person goes on with; the rest of an execution says how TransactionLink keeps it. */
const KEPT = new Set([
	'id',
	'caseId',
	'recordId',
	'workflowDefinitionId',
	'name',
	'status',
	'expiresAt',
	'link',
	'token',
	'result',
	'resultError',
]);

/** For operations whose answer can have more than ten fields: those that an execution of v3 may answer. */
export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** The answer as the person wants it: all of it, or what one goes on with. */
export function simplified({ context, index }: Item, fields: IDataObject): IDataObject {
	if (context.getNodeParameter('simplify', index, true) === false) return fields;
	return Object.fromEntries(Object.entries(fields).filter(([name]) => KEPT.has(name)));
}
