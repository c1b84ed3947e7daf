import { getWorkflow } from '../../../shared/api/endpoints';
import { runOutput } from '../../../shared/api/run';
import { defined } from '../../../shared/json';
import { apiVersionOption } from '../../fields/apiVersion';
import { runIdField } from '../../fields/identifiers';
import type { Operation } from '../../operation';
import { readSimplify, simplifyField } from './simplify';

export const getStatus: Operation = {
	value: 'getStatus',
	name: 'Get Status',
	description: 'Get the status of a run, such as RUNNING or COMPLETED',
	action: 'Get status of run',
	builderHint: 'Branch on outcome (pending, completed or failed), not on status.',
	fields: [runIdField, simplifyField],
	options: [apiVersionOption],
	prepare(item) {
		const workflowId = runIdField.read(item);
		const simplify = readSimplify(item);
		const version = apiVersionOption.read(item);
		return async () => {
			const run = await getWorkflow(item.client, workflowId, defined({ version }));
			return [{ json: simplify(runOutput(run, workflowId)) }];
		};
	},
};
