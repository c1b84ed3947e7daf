import type { Run, State } from '../state.mts';

/** Whether a run has ended well; only then is there a result. */
export function isCompleted(run: Run): boolean {
	return run.status === 'COMPLETED';
}

/** What a completed run yielded: what every result has, and what the definition adds. */
export function resultOf(run: Run, state: State): Record<string, unknown> {
	const theCase = state.cases.get(run.subject.caseId ?? '');
	return {
		createdDate: run.changedAt,
		...run.subject,
		partyId: run.partyId,
		partyDetails: theCase?.partyDetails ?? { personal: {}, business: {}, documents: [] },
		...run.definition.yields(run.parameters),
	};
}
