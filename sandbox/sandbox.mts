import type { EventEmitter } from 'node:events';
import type { Contract } from './api/contract.mts';
import type { RequestLog } from './control/request-log.mts';
import type { Faults } from './control/faults.mts';
import type { Downloads } from './downloads.mts';
import type { Runs } from './runs.mts';
import type { SettingsStore } from './settings.mts';
import type { State } from './state.mts';
import type { SigningKeys } from './webhooks/signing.mts';
import type { Webhooks } from './webhooks/webhooks.mts';
import type { AccountName } from './api/access.mts';
import type { ApiResponse } from './api/response.mts';
import type { Content } from './api/content.mts';
import type { ApiVersion } from './api/version.mts';

/** The event that the sandbox emits when the content of its page has changed. */
export interface ChangeEvents {
	change: [];
}

/** The parts of a sandbox, for the handlers of requests. */
export interface Sandbox {
	changes: EventEmitter<ChangeEvents>;
	settings: SettingsStore;
	contract: Contract;
	state: State;
	runs: Runs;
	keys: SigningKeys;
	/** The keys of the second account. */
	otherKeys: SigningKeys;
	webhooks: Webhooks;
	downloads: Downloads;
	requestLog: RequestLog;
	faults: Faults;
	/** The address of the sandbox, e.g. `http://127.0.0.1:4010`; set once it listens. */
	url: string;
}

/** A valid request: its credentials are accepted, and it matches the contract. */
export interface ValidRequest {
	apiVersion: ApiVersion;
	account: AccountName;
	/** The values of the path parameters. */
	parameters: Record<string, string>;
	query: Record<string, string>;
	/** The JSON body; undefined without a body. */
	body: unknown;
	content: Content;
}

/** Processes one operation. Throws an API error when it cannot. */
export type Handler = (
	request: ValidRequest,
	sandbox: Sandbox,
) => ApiResponse | Promise<ApiResponse>;
