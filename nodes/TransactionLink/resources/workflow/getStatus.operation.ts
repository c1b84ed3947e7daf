import { getWorkflow } from '../../../shared/api/endpoints';
import { runIdField } from '../../fields/identifiers';
import type { Operation } from '../../operation';
import { simplified, simplifyField } from './simplify';

export const getStatus: Operation = {
	value: 'getStatus',
	name: 'Get Status',
	description: 'Get the status of a run, such as RUNNING or COMPLETED',
	action: 'Get status of run',
	fields: [runIdField, simplifyField],
	async execute(item) {
		const run = await getWorkflow(item.client, runIdField.read(item));
		return [{ json: simplified(item, run.fields) }];
	},
};
