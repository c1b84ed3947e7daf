import { NodeApiError, type IDataObject } from 'n8n-workflow';
import { getWorkflow } from '../shared/api/endpoints';
import { awaitResult } from '../shared/api/result';
import { settle } from '../shared/http/settle';
import { defined } from '../shared/json';
import type { Deadline } from './deadline';
import type { LazyClient } from './lazyClient';
import { reasonFor } from './reason';

const UNKNOWN_PAUSE_MILLISECONDS = 2_000;

/** The run of an event, as TransactionLink returns it. */
export type Lookup =
	| { found: true; status: string | undefined; version?: 2 }
	| { found: false; isUnknown: boolean; reason: string };

/** Gets the runs of one delivery from TransactionLink, until its deadline. */
export class RunLookup {
	private readonly lookups = new Map<string, Promise<Lookup>>();

	private readonly client: LazyClient;

	private readonly deadline: Deadline;

	private readonly isDecisive: boolean;

	/** @param isDecisive whether an unknown run prevents the start of the workflow */
	constructor(client: LazyClient, deadline: Deadline, isDecisive: boolean) {
		this.client = client;
		this.deadline = deadline;
		this.isDecisive = isDecisive;
	}

	/** Looks a run up, once for each delivery. */
	async lookUp(runId: string): Promise<Lookup> {
		const lookup = this.lookups.get(runId) ?? this.fetchPatiently(runId);
		this.lookups.set(runId, lookup);
		return await lookup;
	}

	/**
	 * TransactionLink may not find a run that was just started. It does not document whether it finds a run of v2 without
	 * that version, and the ID does not contain it.
	 */
	private async fetchPatiently(runId: string): Promise<Lookup> {
		const first = await this.fetchRun(runId);
		if (first.found || !first.isUnknown || !this.isDecisive) return first;
		const isInTime = await this.deadline.pause(UNKNOWN_PAUSE_MILLISECONDS);
		if (!isInTime) return first;
		const second = await this.fetchRun(runId);
		return second.found || !second.isUnknown ? second : await this.fetchRun(runId, 2);
	}

	private async fetchRun(runId: string, version?: 2): Promise<Lookup> {
		const fetching = async (): ReturnType<typeof getWorkflow> =>
			await getWorkflow(await this.client.client(), runId, defined({ version }));
		const fetched = await settle(this.deadline.race(fetching()));
		if ('reason' in fetched) {
			const thrown = fetched.reason;
			// TransactionLink's own 404 contains a code; a page or an empty 404 comes from another server.
			const isUnknown =
				thrown instanceof NodeApiError &&
				thrown.httpCode === '404' &&
				thrown.context.code !== 'HTTP_404';
			return { found: false, isUnknown, reason: reasonFor(thrown) };
		}
		const unusable = (reason: string): Lookup => ({ found: false, isUnknown: false, reason });
		if (fetched.result === 'late') return unusable('TransactionLink did not respond in time');
		const { id, status } = fetched.result;
		if (id !== undefined && id.toLowerCase() !== runId.toLowerCase()) {
			return unusable('TransactionLink returned another run');
		}
		return {
			found: true,
			status: status.trim() === '' ? undefined : status,
			...defined({ version }),
		};
	}

	/**
	 * Fetches the result of a run before the deadline. A result that is unavailable does not delay the event.
	 *
	 * @returns `{ result }`, with `resultError` when it is null
	 */
	async fetchResult(runId: string | null): Promise<IDataObject> {
		const unavailable = (resultError: string): IDataObject => ({ result: null, resultError });
		if (runId === null) return unavailable('The delivery contains no run ID');
		const lookup = await this.lookups.get(runId);
		const version = lookup?.found === true ? lookup.version : undefined;
		const find = async (): ReturnType<typeof awaitResult> =>
			await awaitResult(
				await this.client.client(),
				runId,
				async (milliseconds) => await this.deadline.pause(milliseconds),
				{ version },
			);
		const found = await settle(this.deadline.race(find()));
		if ('reason' in found) {
			const thrown = found.reason;
			return unavailable(thrown instanceof Error ? thrown.message : 'The result is unavailable');
		}
		if (found.result === 'late')
			return unavailable('TransactionLink did not return the result in time');
		if ('run' in found.result) return unavailable('TransactionLink has no result for the run');
		return { result: found.result.result };
	}
}
