import { at, textAt } from '../../scripts/json.mts';
import type { N8nClient } from '../../scripts/n8n/client.mts';
import { exampleNames, readExampleWorkflow } from '../../scripts/n8n/examples.mts';
import type { WorkflowFile } from '../../scripts/n8n/workflow.mts';

const DATA_TABLE = 'n8n-nodes-base.dataTable';

/** Where n8n's editor finds the data tables of its owner. */
export async function tablesPath({ session }: N8nClient): Promise<string> {
	const projectId = String(at(await session.call('GET', '/projects/personal'), 'id'));
	return `/projects/${projectId}/data-tables`;
}

async function listTables(n8n: N8nClient): Promise<unknown[]> {
	const tables = at(await n8n.session.call('GET', await tablesPath(n8n)), 'data');
	return Array.isArray(tables) ? tables : [];
}

/**
 * Does by itself what the README has a person do on n8n 1, whose Data Table node can neither create a table nor find
 * one by its name: creates the missing tables, and chooses them in each node that reads or writes them.
 *
 * @returns what does the second in an example workflow
 */
export async function withTheTablesChosen(
	n8n: N8nClient,
): Promise<(file: WorkflowFile) => WorkflowFile> {
	const path = await tablesPath(n8n);
	const creating = exampleNames()
		.flatMap((name) => readExampleWorkflow(name).nodes)
		.filter(({ type, parameters }) => type === DATA_TABLE && parameters['resource'] === 'table');
	const ids = new Map<string, string>();
	for (const table of await listTables(n8n))
		ids.set(textAt(table, 'name') ?? '', textAt(table, 'id') ?? '');
	for (const { parameters } of creating) {
		const name = String(parameters['tableName']);
		if (ids.has(name)) continue;
		const columns = at(parameters, 'columns', 'column');
		const { id } = await n8n.session.call<{ id: string }>('POST', path, { name, columns });
		ids.set(name, id);
	}
	return (file) => ({
		...file,
		nodes: file.nodes.map((node) => {
			if (node.type !== DATA_TABLE || node.parameters['resource'] !== 'row') return node;
			const value = ids.get(textAt(node.parameters, 'dataTableId', 'value') ?? '');
			const dataTableId = { __rl: true, mode: 'id', value };
			return { ...node, parameters: { ...node.parameters, dataTableId } };
		}),
	});
}

/** The path of a table of that name. */
export async function tablePath(n8n: N8nClient, name: string): Promise<string> {
	const table = (await listTables(n8n)).find((one) => textAt(one, 'name') === name);
	return `${await tablesPath(n8n)}/${String(at(table, 'id'))}`;
}

/** The rows of a table, as the person in front of n8n sees them. */
export async function rowsOf(n8n: N8nClient, name: string): Promise<Record<string, unknown>[]> {
	const rows = await n8n.session.call('GET', `${await tablePath(n8n, name)}/rows`, { take: 200 });
	return at(rows, 'data') as Record<string, unknown>[];
}
