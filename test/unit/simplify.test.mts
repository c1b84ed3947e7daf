import { readFileSync } from 'node:fs';

import type { IExecuteFunctions } from 'n8n-workflow';
import { parse } from 'yaml';

import { simplified } from '../../nodes/TransactionLink/resources/workflow/simplify.ts';

it('Simplify drops of an execution what its preview in the editor leaves out', () => {
	const contract = parse(readFileSync('contract/openapi.yaml', 'utf8'));
	const fields = Object.fromEntries(
		Object.keys(contract.components.schemas.Execution.properties).map((name) => [name, name]),
	);
	const item = {
		index: 0,
		context: { getNodeParameter: () => true } as unknown as IExecuteFunctions,
	};
	const kept = Object.keys(simplified(item, fields));
	const { drops } = contract['x-outputs'].workflow.start;
	expect(
		Object.keys(fields)
			.filter((name) => !kept.includes(name))
			.sort(),
	).toEqual([...drops].sort());
});
