import type { IDataObject } from 'n8n-workflow';
import { askForList } from '../../../shared/api/ask';
import type { RecordPath } from '../../fields/recordPath';
import type { ItemContext } from '../../operation';

/** `GET .../attachments`: all that is attached to a record; no way to ask for a part of it is documented. */
export async function listAttachments(
	item: ItemContext,
	{ path, ifUnknown }: RecordPath,
): Promise<IDataObject[]> {
	return await askForList(item.client, {
		method: 'GET',
		path: `${path}/attachments`,
		purpose: { action: 'list the attachments', ...ifUnknown, creates: false },
	});
}
