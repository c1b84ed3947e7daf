import { BoundedList } from '../bounded-list.mts';
import type { AuthorizationKind } from '../api/access.mts';
import type { ApiVersion } from '../api/version.mts';

/** An API request in the log. */
export interface LoggedRequest {
	/** Counted from 1 since the start or the last reset. */
	number: number;
	/** When it arrived, ISO 8601. */
	at: string;
	method: string;
	/** With the query. */
	path: string;
	/** Null when the contract does not contain the path. */
	operationId: string | null;
	apiVersion: ApiVersion | null;
	accept: string | null;
	contentType: string | null;
	/** The kind of its credentials; never the credentials themselves. */
	authorization: AuthorizationKind;
	/** The request's body, without secrets; for a form, its fields. */
	body: unknown;
	/** The response's status; null while it is pending, and after a closed connection. */
	status: number | null;
	/** Milliseconds until the response; null while it is pending. */
	durationMs: number | null;
	/** The kind of fault that affected it, or null. */
	fault: string | null;
}

/** The number of logged requests. */
const LOGGED_REQUESTS = 20_000;

/** The log of API requests. */
export class RequestLog {
	readonly #requests = new BoundedList<LoggedRequest>(LOGGED_REQUESTS);
	#count = 0;

	/** The logged requests, oldest first. */
	all(): readonly LoggedRequest[] {
		return this.#requests.all();
	}

	/** Logs a request. Returns its entry, to be completed with its response. */
	add(
		request: Omit<LoggedRequest, 'number' | 'at' | 'status' | 'durationMs' | 'fault'>,
	): LoggedRequest {
		this.#count += 1;
		const at = new Date().toISOString();
		const entry: LoggedRequest = {
			number: this.#count,
			at,
			...request,
			status: null,
			durationMs: null,
			fault: null,
		};
		this.#requests.add(entry);
		return entry;
	}

	/** Deletes all entries and counts from 1 again. */
	clear(): void {
		this.#requests.clear();
		this.#count = 0;
	}
}
