// The example workflows start sample definitions of the sandbox, whose IDs never change.

import { exampleNames, readExampleWorkflow } from '../../scripts/n8n/examples.mts';
import { DEFINITION_IDS, SAMPLE_DEFINITIONS, SAMPLE_TABLE } from '../../sandbox/definitions.mts';

it('the IDs of the sample definitions never change', () => {
	expect(SAMPLE_DEFINITIONS.map(({ id, name }) => `${name} ${id}`)).toEqual([
		'company-check 11111111-1111-4111-8111-111111111111',
		'identity-check 22222222-2222-4222-8222-222222222222',
		'failing-check 33333333-3333-4333-8333-333333333333',
		'slow-check 44444444-4444-4444-8444-444444444444',
		'credit-check 55555555-5555-4555-8555-555555555555',
		'hosted-onboarding 66666666-6666-4666-8666-666666666666',
	]);
	expect(SAMPLE_TABLE.id).toBe('77777777-7777-4777-8777-777777777777');
});

it('every definition that an example starts exists in the sandbox', () => {
	const started = exampleNames()
		.flatMap((name) => readExampleWorkflow(name).nodes)
		.map(({ parameters }) => parameters['workflowDefinitionId'])
		.filter((id) => id !== undefined);
	expect(started.length).toBeGreaterThan(3);
	const known: unknown[] = Object.values(DEFINITION_IDS);
	expect(started.filter((id) => !known.includes(id))).toEqual([]);
});
