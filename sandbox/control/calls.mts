import { BoundedList } from '../state.mts';
import type { AuthorizationKind } from '../api/access.mts';
import type { Generation } from '../api/generation.mts';

/** A call of the API, as it is remembered. */
export interface RememberedCall {
	/** Counted from 1 since the start or the last reset. */
	number: number;
	/** When it came in, ISO 8601. */
	at: string;
	method: string;
	/** With the query. */
	path: string;
	/** Null when the contract knows no such address. */
	operationId: string | null;
	generation: Generation | null;
	accept: string | null;
	contentType: string | null;
	/** The kind of credentials that came along; never the credentials themselves. */
	authorization: AuthorizationKind;
	/** The request's body, without secrets; of a form, what its fields hold. */
	body: unknown;
	/** What was answered; null while it is not, and when the connection was cut instead. */
	status: number | null;
	/** Milliseconds until the answer; null while there is none. */
	durationMs: number | null;
	/** The kind of fault that struck it, or null. */
	fault: string | null;
}

/** How many calls are remembered. */
const REMEMBERED_CALLS = 20_000;

/** Remembers the calls of the API. */
export class CallLog {
	readonly #calls = new BoundedList<RememberedCall>(REMEMBERED_CALLS);
	#count = 0;

	/** The remembered calls, oldest first. */
	all(): readonly RememberedCall[] {
		return this.#calls.all();
	}

	/** Remembers a call. Out: its entry, to be completed with its response. */
	add(
		call: Omit<RememberedCall, 'number' | 'at' | 'status' | 'durationMs' | 'fault'>,
	): RememberedCall {
		this.#count += 1;
		const at = new Date().toISOString();
		const entry: RememberedCall = {
			number: this.#count,
			at,
			...call,
			status: null,
			durationMs: null,
			fault: null,
		};
		this.#calls.add(entry);
		return entry;
	}

	/** Forgets everything and counts from 1 again. */
	clear(): void {
		this.#calls.clear();
		this.#count = 0;
	}
}
