import type { IDataObject } from 'n8n-workflow';
import type { Account } from './account.mts';

/** The one table of the sandbox. */
export const TABLE = '77777777-7777-4777-8777-777777777777';

/** Makes a record at the sandbox, with the node, and gives its id. */
export async function newRecord(account: Account, columns: IDataObject = {}): Promise<string> {
	const { output } = await account.run({
		resource: 'record',
		operation: 'create',
		tableId: TABLE,
		specifyColumns: 'json',
		columnsJson: JSON.stringify(columns),
	});
	return String(output[0]?.[0]?.json['id']);
}
