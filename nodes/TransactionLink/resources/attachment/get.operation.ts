import type { IDataObject } from 'n8n-workflow';
import type { Request } from '../../../shared/api/request';
import { required } from '../../../shared/fields/field';
import { readName, textField } from '../../../shared/fields/text';
import { textIn } from '../../../shared/json';
import { attachmentIdField } from '../../fields/identifiers';
import { readRecordPath, recordPathFields, type RecordPath } from '../../fields/recordPath';
import type { ItemContext, Operation } from '../../operation';
import { downloadFile, type ListedFile } from './downloadFile';
import { listAttachments } from './list';

const outputFileField = required(
	textField(
		{
			name: 'binaryPropertyName',
			label: 'Put Output File in Field',
			default: 'data',
			placeholder: 'data',
			hint: 'The name of the output binary field to put the file in',
			description: 'Where the nodes after this one find the file',
			expected: 'Enter the name of a field, such as data',
		},
		readName,
	),
);

/** `GET .../attachments/{attachmentId}`: the time-limited address of the file. */
async function linkTo(
	item: ItemContext,
	attachmentId: string,
	{ path, ids }: RecordPath,
): Promise<string> {
	const request: Request = {
		method: 'GET',
		path: `${path}/attachments/${encodeURIComponent(attachmentId)}`,
		purpose: {
			action: 'get the attachment',
			ids: { attachmentId, ...ids },
		},
	};
	const fields = await item.client.object(request);
	if (typeof fields.link === 'string') return fields.link;
	throw item.client.unreadable(request, fields);
}

/** Removes any path from TransactionLink's file name. */
function fileName(name: unknown, otherwise: string): string {
	const last = (textIn(name) ?? '').split(/[/\\]/).pop()?.trim() ?? '';
	return last === '' || last === '.' || last === '..' ? otherwise : last;
}

/** The ID is the file name if the list contains none. */
function listedFile({ name, type, size }: IDataObject, attachmentId: string): ListedFile {
	return {
		name: fileName(name, attachmentId),
		type: textIn(type),
		size: typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : undefined,
	};
}

export const get: Operation = {
	value: 'get',
	name: 'Get',
	description: 'Download an attachment of a record, with its name, type, size and tags',
	action: 'Get attachment',
	transfersFiles: true,
	fields: [...recordPathFields, attachmentIdField, outputFileField],
	prepare(item) {
		const recordPath = readRecordPath(item);
		const attachmentId = attachmentIdField.read(item);
		const field = outputFileField.read(item);
		return async () => {
			// The link comes last: it works for a limited time.
			const attachments = await listAttachments(item, recordPath);
			const listed = attachments.find(({ id }) => textIn(id) === attachmentId) ?? {};
			const link = await linkTo(item, attachmentId, recordPath);
			const file = await downloadFile(
				item.context,
				link,
				item.client.baseUrl,
				listedFile(listed, attachmentId),
			);
			return [{ json: { id: attachmentId, ...listed }, binary: { [field]: file } }];
		};
	},
};
