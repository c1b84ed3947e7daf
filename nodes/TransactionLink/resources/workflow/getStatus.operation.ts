import { getWorkflow } from '../../../shared/api/endpoints';
import { runIdField } from '../../fields/identifiers';
import type { Operation } from '../../operation';
import { readSimplify, simplifyField } from './simplify';

export const getStatus: Operation = {
	value: 'getStatus',
	name: 'Get Status',
	description: 'Get the status of a run, such as RUNNING or COMPLETED',
	action: 'Get status of run',
	fields: [runIdField, simplifyField],
	async execute(item) {
		const workflowId = runIdField.read(item);
		const simplify = readSimplify(item);
		const run = await getWorkflow(item.client, workflowId);
		return [{ json: simplify(run.fields) }];
	},
};
