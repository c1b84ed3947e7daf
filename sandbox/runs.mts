import { randomUUID } from 'node:crypto';
import { LONGEST_TIMER_MS } from './settings.mts';
import type { SettingsStore } from './settings.mts';
import type { Run, State } from './state.mts';

/** The data of a new run. */
export type NewRun = Omit<Run, 'id' | 'partyId' | 'status' | 'createdAt' | 'changedAt'>;

/** Starts runs, changes their statuses, and reports each change. */
export class Runs {
	readonly #settings: SettingsStore;
	readonly #state: State;
	readonly #onStatusChange: (run: Run) => void;
	readonly #timers = new Map<string, NodeJS.Timeout>();
	readonly #expiries = new Map<string, NodeJS.Timeout>();

	/** `onStatusChange` is called for every change of a status, but not for the start. */
	constructor(settings: SettingsStore, state: State, onStatusChange: (run: Run) => void) {
		this.#settings = settings;
		this.#state = state;
		this.#onStatusChange = onStatusChange;
	}

	/** Starts a run. With a step for the end user, it waits for `continueRun`. */
	start(newRun: NewRun): Run {
		const now = new Date().toISOString();
		const partyId = this.#state.cases.get(newRun.subject.caseId ?? '')?.partyId ?? randomUUID();
		const run: Run = {
			...newRun,
			id: randomUUID(),
			partyId,
			status: 'RUNNING',
			createdAt: now,
			changedAt: now,
		};
		this.#state.runs.set(run.id, run);
		this.#expireInTime(run);
		if (!run.definition.endUserStep) this.continueRun(run);
		return run;
	}

	/** Runs the steps of a definition, timed from now. */
	continueRun(run: Run): void {
		this.#schedule(run, 0, performance.now());
	}

	/** Sets the status of a run, which keeps it, whatever its definition contains. */
	setStatus(run: Run, status: string): void {
		this.#stop(run.id);
		this.#move(run, status);
	}

	/** Stops all runs in their current statuses. */
	stopAll(): void {
		for (const timers of [this.#timers, this.#expiries]) {
			for (const timer of timers.values()) clearTimeout(timer);
			timers.clear();
		}
	}

	#schedule(run: Run, stepIndex: number, begin: number): void {
		const step = run.definition.steps[stepIndex];
		if (step === undefined) {
			this.#stop(run.id);
			return;
		}
		const wait = begin + step.afterMs * this.#settings.current.pace - performance.now();
		const timer = setTimeout(
			() => {
				this.#move(run, step.status);
				this.#schedule(run, stepIndex + 1, begin);
			},
			Math.max(0, wait),
		);
		this.#timers.set(run.id, timer);
	}

	/** Ends an execution at its expiry, unless it has ended or its status was set. */
	#expireInTime(run: Run): void {
		const ahead = Date.parse(run.expiresAt ?? '') - Date.now();
		if (!(ahead <= LONGEST_TIMER_MS)) return;
		this.#expiries.set(
			run.id,
			setTimeout(() => this.setStatus(run, 'EXPIRED'), ahead),
		);
	}

	#stop(runId: string): void {
		for (const timers of [this.#timers, this.#expiries]) {
			clearTimeout(timers.get(runId));
			timers.delete(runId);
		}
	}

	#move(run: Run, status: string): void {
		run.status = status;
		run.changedAt = new Date().toISOString();
		if (isCompleted(run) && this.#settings.current.executionResult === 'record')
			writeColumns(run, this.#state);
		this.#onStatusChange(run);
	}
}

/** Whether a run has completed; only then it has a result. */
export function isCompleted(run: Run): boolean {
	return run.status === 'COMPLETED';
}

/** The result of a completed run: the common fields, and those of the definition. */
export function resultOf(run: Run, state: State): Record<string, unknown> {
	const theCase = state.cases.get(run.subject.caseId ?? '');
	return {
		createdDate: run.changedAt,
		...run.subject,
		partyId: run.partyId,
		partyDetails: theCase?.partyDetails ?? { personal: {}, business: {}, documents: [] },
		...run.definition.result(run.parameters),
	};
}

/** Writes the result of an execution into the columns of its record, if it has one. */
function writeColumns(run: Run, state: State): void {
	const record = state.records.get(run.subject.recordId ?? '');
	if (record === undefined || run.kind !== 'execution') return;
	Object.assign(record.columns, run.definition.result(run.parameters));
	record.version += 1;
	record.updatedAt = run.changedAt;
}
