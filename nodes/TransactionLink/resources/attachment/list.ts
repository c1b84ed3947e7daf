import type { IDataObject } from 'n8n-workflow';
import type { RecordPath } from '../../fields/recordPath';
import type { ItemContext } from '../../operation';

/** `GET .../attachments`: all attachments of a record; no paging is documented. */
export async function listAttachments(
	item: ItemContext,
	{ path, ids }: RecordPath,
): Promise<IDataObject[]> {
	return await item.client.list({
		method: 'GET',
		path: `${path}/attachments`,
		purpose: { action: 'list the attachments', ids },
	});
}
