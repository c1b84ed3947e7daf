import type { IDataObject } from 'n8n-workflow';
import { askForList } from '../../../shared/ask';
import type { RecordPlace } from '../../fields/recordPlace';
import type { Item } from '../../operation';

/** `GET .../attachments`: all that is attached to a record; no way to ask for a part of it is documented. */
export async function listAttachments(
	item: Item,
	{ path, ifUnknown }: RecordPlace,
): Promise<IDataObject[]> {
	return await askForList(item.connection, {
		method: 'GET',
		path: `${path}/attachments`,
		purpose: { action: 'list the attachments', ...ifUnknown, creates: false },
	});
}
