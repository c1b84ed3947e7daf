import type { IBinaryData, IDataObject } from 'n8n-workflow';
import { codeInside } from '../../../shared/http/response';
import { textIn } from '../../../shared/json';
import type { Request } from '../../../shared/api/request';
import { download, interrupted } from '../../../shared/http/download';
import { unreadable } from '../../../shared/api/errors';
import { attachmentIdField } from '../../fields/identifiers';
import { required } from '../../../shared/fields/field';
import { readName, textField } from '../../../shared/fields/text';
import { readRecordPath, recordPathFields, type RecordPath } from '../../fields/recordPath';
import type { ItemContext, Operation } from '../../operation';
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

/** `GET .../attachments/{attachmentId}`: the address at which the file can be had for a while. */
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
	const body = await item.client.object(request);
	if (typeof body.link === 'string') return body.link;
	throw unreadable(item.context.getNode(), request, { status: 200, headers: {}, body });
}

/** Fetches the file. The ID is its name, and what the host says its type, where the list does not tell. */
async function fetchFile(
	item: ItemContext,
	link: string,
	listed: IDataObject,
	attachmentId: string,
): Promise<IBinaryData> {
	const { context } = item;
	const size = typeof listed.size === 'number' ? listed.size : undefined;
	const { stream, type } = await download(context, link, size);
	const [stored] = await Promise.allSettled([
		context.helpers.prepareBinaryData(
			stream,
			textIn(listed.name) ?? attachmentId,
			textIn(listed.type) ?? (type || undefined),
		),
	]);
	if (stored.status === 'fulfilled') return stored.value;
	stream.destroy();
	throw interrupted(context, codeInside(stored.reason) ?? '');
}

export const get: Operation = {
	value: 'get',
	name: 'Get',
	description:
		'Download an attachment of a record: its name, type, size and tags, and the file itself',
	action: 'Get attachment',
	fields: [...recordPathFields, attachmentIdField, outputFileField],
	async execute(item) {
		const place = readRecordPath(item);
		const attachmentId = attachmentIdField.read(item);
		const field = outputFileField.read(item);
		// The link comes last: it works for a limited time.
		const attachments = await listAttachments(item, place);
		const listed = attachments.find(({ id }) => textIn(id) === attachmentId) ?? {};
		const link = await linkTo(item, attachmentId, place);
		const file = await fetchFile(item, link, listed, attachmentId);
		return [{ json: { id: attachmentId, ...listed }, binary: { [field]: file } }];
	},
};
