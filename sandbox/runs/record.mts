import type { Run, State } from '../state.mts';

/** Writes what an execution yielded into the columns of its record, if it has one. */
export function writeColumns(run: Run, state: State): void {
	const record = state.records.get(run.subject.recordId ?? '');
	if (record === undefined || run.kind !== 'execution') return;
	Object.assign(record.columns, run.definition.yields(run.parameters));
	record.version += 1;
	record.updatedAt = run.changedAt;
}
