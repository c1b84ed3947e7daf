import type { IDataObject } from 'n8n-workflow';
import { SAMPLE_TABLE } from '../../sandbox/definitions.mts';
import type { Account } from './account.mts';

/** The sandbox's only table. */
export const TABLE = SAMPLE_TABLE.id;

/** Creates a record with the node and returns its ID. */
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
