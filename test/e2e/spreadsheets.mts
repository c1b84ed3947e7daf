import { runNodes } from './run-nodes.mts';
import type { Stage } from './stage.mts';

/** A row by column name. Numbers are written to numeric cells, strings to text cells. */
export type Row = Record<string, string | number>;

const code = (name: string, items: object[]) => ({
	name,
	type: 'n8n-nodes-base.code',
	typeVersion: 2,
	parameters: { jsCode: `return ${JSON.stringify(items)};` },
});

/** Reads the rows of an Excel file with n8n. */
export async function readExcel(stage: Stage, content: Buffer): Promise<Row[]> {
	const data = {
		data: content.toString('base64'),
		fileName: 'rows.xlsx',
		fileExtension: 'xlsx',
		mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	};
	const execution = await runNodes(stage, [
		code('File', [{ json: {}, binary: { data } }]),
		{
			name: 'Rows',
			type: 'n8n-nodes-base.extractFromFile',
			typeVersion: 1.1,
			parameters: { operation: 'xlsx', options: { includeEmptyCells: true } },
		},
	]);
	return execution.itemsOf('Rows').map(({ json }) => json as Row);
}

/** Writes rows to an Excel file with n8n. */
export async function writeExcel(stage: Stage, rows: Row[]): Promise<Buffer> {
	const execution = await runNodes(stage, [
		code(
			'Rows',
			rows.map((json) => ({ json })),
		),
		{
			name: 'File',
			type: 'n8n-nodes-base.convertToFile',
			typeVersion: 1.1,
			parameters: { operation: 'xlsx', options: {} },
		},
		{
			name: 'Text',
			type: 'n8n-nodes-base.extractFromFile',
			typeVersion: 1.1,
			parameters: { operation: 'binaryToPropery', destinationKey: 'content', options: {} },
		},
	]);
	return Buffer.from(String(execution.itemsOf('Text')[0]?.json['content']), 'base64');
}

/** Writes rows to a CSV file as Excel does: in UTF-8 with a byte order mark. */
export function writeCsv(rows: Row[]): Buffer {
	const names = Object.keys(rows[0] ?? {});
	const cell = (value: string | number | undefined) =>
		`"${String(value ?? '').replaceAll('"', '""')}"`;
	const lines = [names.map(cell), ...rows.map((row) => names.map((name) => cell(row[name])))];
	return Buffer.from(`\uFEFF${lines.map((line) => line.join(',')).join('\r\n')}\r\n`);
}
