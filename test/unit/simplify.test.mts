// Simplify removes the fields that its preview in the editor leaves out.

import { readFileSync } from 'node:fs';

import { parse } from 'yaml';

import { panel } from './fields/panel.mts';
import { readSimplify } from '../../nodes/TransactionLink/resources/workflow/simplify.ts';

it('Simplify removes the fields of an execution that its preview in the editor leaves out', () => {
	const contract = parse(readFileSync('contract/openapi.yaml', 'utf8'));
	const fields = Object.fromEntries(
		Object.keys(contract.components.schemas.Execution.properties).map((name) => [name, name]),
	);
	const kept = Object.keys(readSimplify(panel())(fields));
	const { drops } = contract['x-outputs'].workflow.start;
	expect(
		Object.keys(fields)
			.filter((name) => !kept.includes(name))
			.sort(),
	).toEqual([...drops].sort());
});
