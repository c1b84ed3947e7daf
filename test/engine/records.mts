import type { IDataObject } from 'n8n-workflow';
import { SAMPLE_TABLE } from '../../sandbox/definitions.mts';
import type { Account } from './account.mts';

/** The one table of the sandbox. */
export const TABLE = SAMPLE_TABLE.id;

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
