import { at, textAt } from '../../scripts/json.mts';
import type { N8nClient } from '../../scripts/n8n/client.mts';
import { exampleNames, readExampleWorkflow } from '../../scripts/n8n/examples.mts';
import type { WorkflowFile } from '../../scripts/n8n/workflow.mts';

const DATA_TABLE = 'n8n-nodes-base.dataTable';

/** The path of the owner's data tables in the API of n8n's editor. */
export async function tablesPath(n8n: N8nClient): Promise<string> {
	const projectId = String(at(await n8n.request('GET', '/projects/personal'), 'id'));
	return `/projects/${projectId}/data-tables`;
}

async function listTables(n8n: N8nClient): Promise<unknown[]> {
	const tables = at(await n8n.request('GET', await tablesPath(n8n)), 'data');
	return Array.isArray(tables) ? tables : [];
}

/**
 * Creates the missing data tables of the examples, as a user has to on n8n 1, whose Data Table node can neither create
 * a table nor find it by name.
 *
 * @returns a function that selects the tables in each node of an example that reads or writes rows
 */
export async function prepareDataTables(
	n8n: N8nClient,
): Promise<(file: WorkflowFile) => WorkflowFile> {
	const path = await tablesPath(n8n);
	const creatingNodes = exampleNames()
		.flatMap((name) => readExampleWorkflow(name).nodes)
		.filter(({ type, parameters }) => type === DATA_TABLE && parameters['resource'] === 'table');
	const ids = new Map<string, string>();
	for (const table of await listTables(n8n))
		ids.set(textAt(table, 'name') ?? '', textAt(table, 'id') ?? '');
	for (const { parameters } of creatingNodes) {
		const name = String(parameters['tableName']);
		if (ids.has(name)) continue;
		const columns = at(parameters, 'columns', 'column');
		const { id } = await n8n.request<{ id: string }>('POST', path, { name, columns });
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

/** The path of the table with a name. */
export async function tablePath(n8n: N8nClient, name: string): Promise<string> {
	const table = (await listTables(n8n)).find((one) => textAt(one, 'name') === name);
	return `${await tablesPath(n8n)}/${String(at(table, 'id'))}`;
}

/** The first 200 rows of a table. */
export async function rowsOf(n8n: N8nClient, name: string): Promise<Record<string, unknown>[]> {
	const rows = await n8n.request('GET', `${await tablePath(n8n, name)}/rows`, { take: 200 });
	return at(rows, 'data') as Record<string, unknown>[];
}

/** Changes the rows of a table that have a value in a column, as n8n's editor does. */
export async function changeRows(
	n8n: N8nClient,
	name: string,
	columnName: string,
	value: unknown,
	data: Record<string, unknown>,
): Promise<void> {
	await n8n.request('PATCH', `${await tablePath(n8n, name)}/rows`, {
		filter: { type: 'and', filters: [{ columnName, condition: 'eq', value }] },
		data,
	});
}
