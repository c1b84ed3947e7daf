import { at } from '../../scripts/json.mts';
import type { N8nClient } from '../../scripts/n8n/client.mts';
import { readExampleWorkflow } from '../../scripts/n8n/examples.mts';
import type { WorkflowFile } from '../../scripts/n8n/workflow.mts';

const DATA_TABLE = 'n8n-nodes-base.dataTable';

/**
 * Does by itself what the README has a person do on n8n 1, whose Data Table node can neither make a table nor find
 * one by its name: makes the table, and chooses it in each node that reads or writes it.
 *
 * @returns what does the second in an example workflow
 */
export async function withTheTableChosen({
	session,
}: N8nClient): Promise<(file: WorkflowFile) => WorkflowFile> {
	const making = readExampleWorkflow('onboarding').nodes.find(
		({ type, parameters }) => type === DATA_TABLE && parameters['resource'] === 'table',
	);
	const projectId = String(at(await session.call('GET', '/projects/personal'), 'id'));
	const { id } = await session.call<{ id: string }>('POST', `/projects/${projectId}/data-tables`, {
		name: making?.parameters['tableName'],
		columns: at(making?.parameters, 'columns', 'column'),
	});
	return (file) => ({
		...file,
		nodes: file.nodes.map((node) =>
			node.type === DATA_TABLE && node.parameters['resource'] === 'row'
				? {
						...node,
						parameters: { ...node.parameters, dataTableId: { __rl: true, mode: 'id', value: id } },
					}
				: node,
		),
	});
}
