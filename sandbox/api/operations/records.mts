import { randomUUID } from 'node:crypto';
import { SAMPLE_TABLE } from '../../definitions.mts';
import { json } from '../response.mts';
import { isObject } from '../fields.mts';
import { orNotFound } from '../error.mts';
import { formTexts, uploadedFile } from '../content.mts';
import type { State, StoredRecord, Attachment } from '../../state.mts';
import type { Handler } from '../../sandbox.mts';

function checkTable(tableId: string): void {
	orNotFound(tableId === SAMPLE_TABLE.id ? SAMPLE_TABLE : undefined, 'table', tableId);
}

function recordBody({
	id,
	version,
	createdAt,
	updatedAt,
	columns,
}: StoredRecord): Record<string, unknown> {
	return { ...columns, id, version, createdAt, updatedAt };
}

/** The record of a path. Throws a 404 error for an unknown one. */
function recordAt(parameters: Record<string, string>, state: State): StoredRecord {
	const { tableId = '', recordId = '' } = parameters;
	checkTable(tableId);
	return orNotFound(state.records.get(recordId), 'record', recordId);
}

/** `POST /tables/{tableId}/records`: creates a record, which can have any columns. */
export const createRecord: Handler = ({ parameters: { tableId = '' }, body }, { state }) => {
	checkTable(tableId);
	const now = new Date().toISOString();
	const columns = isObject(body) ? { ...body } : {};
	const record: StoredRecord = {
		id: randomUUID(),
		tableId,
		version: 1,
		createdAt: now,
		updatedAt: now,
		columns,
	};
	state.records.set(record.id, record);
	return json(201, recordBody(record));
};

/** `GET /tables/{tableId}/records/{recordId}`: the current record. */
export const getRecord: Handler = ({ parameters }, { state }) => {
	return json(200, recordBody(recordAt(parameters, state)));
};

function attachmentBody({
	id,
	recordId,
	name,
	type,
	content,
	createdDateTime,
}: Attachment): Record<string, unknown> {
	return { id, recordId, name, type, size: content.length, createdDateTime };
}

/** `POST .../attachments`: attaches a file to a record. Tags are in one field, separated by commas, or in several. */
export const uploadAttachment: Handler = async ({ parameters, content }, { state }) => {
	const record = recordAt(parameters, state);
	const file = uploadedFile(content);
	const tags = formTexts(content, 'tags').flatMap((list) => list.split(','));
	const attachment: Attachment = {
		id: randomUUID(),
		recordId: record.id,
		name: file.name,
		type: file.type || 'application/octet-stream',
		tags: tags.map((tag) => tag.trim()).filter((tag) => tag !== ''),
		createdDateTime: new Date().toISOString(),
		content: Buffer.from(await file.arrayBuffer()),
	};
	state.attachments.set(attachment.id, attachment);
	return json(201, attachmentBody(attachment));
};

/** `GET .../attachments`: the attachments of a record. */
export const getAttachments: Handler = ({ parameters }, { state }) => {
	const record = recordAt(parameters, state);
	const attached = [...state.attachments.values()].filter(({ recordId }) => recordId === record.id);
	return json(
		200,
		attached.map((attachment) => ({ ...attachmentBody(attachment), tags: attachment.tags })),
	);
};

/** `GET .../attachments/{attachmentId}`: a time-limited download address on another host. */
export const getAttachment: Handler = ({ parameters }, { state, downloads }) => {
	const record = recordAt(parameters, state);
	const { attachmentId = '' } = parameters;
	const attachment = state.attachments.get(attachmentId);
	const attached = attachment?.recordId === record.id ? attachment : undefined;
	return json(200, {
		link: downloads.createAddress(orNotFound(attached, 'attachment', attachmentId)),
	});
};
