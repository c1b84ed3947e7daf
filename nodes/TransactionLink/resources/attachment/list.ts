import type { IDataObject } from 'n8n-workflow';
import type { RecordPath } from '../../fields/recordPath';
import type { ItemContext } from '../../operation';

/** `GET .../attachments`: all that is attached to a record; no way to ask for a part of it is documented. */
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
