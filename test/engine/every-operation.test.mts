// Each operation of the node occurs in the tests of all operations, and in the documents.

import { readFileSync } from 'node:fs';
import { resources } from '../../nodes/TransactionLink/resources/index.ts';
import { everyOperation } from './every-operation.mts';

const operationsOfTheNode = resources.flatMap(({ value, name, operations }) =>
	operations.map((operation) => ({
		resource: { value, name },
		operation: { value: operation.value, name: operation.name },
	})),
);

/** Whether the first table of a document has a row for an operation. An empty first cell repeats the one above it. */
function isInTable(document: string, resource: string, operation: string): boolean {
	const [, table = ''] = /\n\| resource \| operations? \|.*\n([^]*?)\n\n/.exec(document) ?? [];
	let resourcesOfRow: string[] = [];
	return table.split('\n').some((row) => {
		const [, first = '', second = ''] = row.split('|').map((cell) => cell.trim());
		if (first !== '') resourcesOfRow = first.split(', ');
		const names = second.split(/[,;:] | \(/);
		return resourcesOfRow.includes(resource) && names.includes(operation);
	});
}

describe.each(operationsOfTheNode)(
	'$resource.name → $operation.name',
	({ resource, operation }) => {
		it('is tested under faults and with dripping responses', () => {
			const ids = { caseId: '', recordId: '', attachmentId: '', workflowId: '' };
			const tested = everyOperation(ids).map(({ parameters }) => ({
				resource: parameters['resource'],
				operation: parameters['operation'],
			}));
			// It sends the requests of two other operations.
			tested.push({ resource: 'workflow', operation: 'wait' });
			expect(tested).toContainEqual({ resource: resource.value, operation: operation.value });
		});

		it.each(['README.md', 'docs/operations.md'])('is in the table of %s', (path) => {
			expect(isInTable(readFileSync(path, 'utf8'), resource.name, operation.name)).toBe(true);
		});
	},
);
