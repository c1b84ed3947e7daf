import { DEFINITION_IDS } from '../../sandbox/definitions.mts';
import type { Execution } from '../../scripts/n8n/execution.mts';
import type { Stage } from './stage.mts';

/** Runs a credit check for a new customer. Amounts above 10,000 are not approved. */
export async function runCreditCheck(
	stage: Stage,
	customer: { companyName: string; email: string },
	amount: number,
): Promise<Execution> {
	return await stage.runAction({
		resource: 'workflow',
		operation: 'run',
		workflowDefinitionId: DEFINITION_IDS.creditCheck,
		runFor: 'newCase',
		additionalFields: customer,
		specifyParameters: 'fields',
		parametersUi: { values: [{ name: 'amount', type: 'number', value: amount }] },
	});
}
