import { randomUUID } from 'node:crypto';
import { SAMPLE_TABLE } from '../../definitions.mts';
import { json } from '../answer.mts';
import { isObject } from '../fields.mts';
import { found } from '../refusal.mts';
import type { State, StoredRecord } from '../../state.mts';
import type { Handler } from '../handler.mts';

function checkTable(tableId: string): void {
	found(tableId === SAMPLE_TABLE.id ? SAMPLE_TABLE : undefined, 'table', tableId);
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

/** The record that a path names. Throws a 404 refusal. */
export function recordAt(parameters: Record<string, string>, state: State): StoredRecord {
	const { tableId = '', recordId = '' } = parameters;
	checkTable(tableId);
	return found(state.records.get(recordId), 'record', recordId);
}

/** `POST /tables/{tableId}/records`: puts a record into the table; it may have any columns. */
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

/** `GET /tables/{tableId}/records/{recordId}`: the same again, as it is now. */
export const getRecord: Handler = ({ parameters }, { state }) => {
	return json(200, recordBody(recordAt(parameters, state)));
};
