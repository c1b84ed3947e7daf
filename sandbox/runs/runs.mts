import { randomUUID } from 'node:crypto';
import { isCompleted } from './result.mts';
import { writeColumns } from './record.mts';
import { LONGEST_TIMER_MS, type SettingsStore } from '../settings.mts';
import type { Run, State } from '../state.mts';

/** What a run is started with. */
export type NewRun = Omit<Run, 'id' | 'partyId' | 'status' | 'createdAt' | 'changedAt'>;

/** Starts runs, moves them through their statuses, and says so. */
export class Runs {
	readonly #settings: SettingsStore;
	readonly #state: State;
	readonly #announce: (run: Run) => void;
	readonly #timers = new Map<string, NodeJS.Timeout>();
	readonly #expiries = new Map<string, NodeJS.Timeout>();

	/** `announce` hears of every change of a status, but not of the start. */
	constructor(settings: SettingsStore, state: State, announce: (run: Run) => void) {
		this.#settings = settings;
		this.#state = state;
		this.#announce = announce;
	}

	/** Starts a run. One that has a step for the end user goes no further before `proceed`. */
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
		if (!run.definition.endUserStep) this.proceed(run);
		return run;
	}

	/** Lets a run go through the steps of its definition, counted from now. */
	proceed(run: Run): void {
		this.#schedule(run, 0, performance.now());
	}

	/** Puts a run into a status; it stays there, whatever its definition says. */
	hold(run: Run, status: string): void {
		this.#stop(run.id);
		this.#move(run, status);
	}

	/** Stops all runs where they are. */
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

	/** An execution ends at its time, unless it has ended or is held by then. */
	#expireInTime(run: Run): void {
		const ahead = Date.parse(run.expiresAt ?? '') - Date.now();
		if (!(ahead <= LONGEST_TIMER_MS)) return;
		this.#expiries.set(
			run.id,
			setTimeout(() => this.hold(run, 'EXPIRED'), ahead),
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
		this.#announce(run);
	}
}
