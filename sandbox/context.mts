import type { EventEmitter } from 'node:events';
import type { Contract } from './api/contract.mts';
import type { CallLog } from './control/calls.mts';
import type { Faults } from './control/faults.mts';
import type { Downloads } from './downloads.mts';
import type { Runs } from './runs.mts';
import type { SettingsStore } from './settings.mts';
import type { State } from './state.mts';
import type { SigningKeys } from './webhooks/signing.mts';
import type { Webhooks } from './webhooks/webhooks.mts';
import type { AccountName } from './api/access.mts';
import type { Answer } from './api/answer.mts';
import type { Content } from './api/content.mts';
import type { Generation } from './api/generation.mts';

/** What the sandbox emits: something that its page shows has changed. */
export interface ChangeEvents {
	change: [];
}

/** The parts of one sandbox, for those that answer calls. */
export interface Sandbox {
	changes: EventEmitter<ChangeEvents>;
	settings: SettingsStore;
	contract: Contract;
	state: State;
	runs: Runs;
	keys: SigningKeys;
	/** Of the second account. */
	otherKeys: SigningKeys;
	webhooks: Webhooks;
	downloads: Downloads;
	calls: CallLog;
	faults: Faults;
	/** Where the sandbox listens, e.g. `http://127.0.0.1:4010`; known once it does. */
	url: string;
}

/** A call that may be carried out: its credentials are good and it keeps to the contract. */
export interface Call {
	generation: Generation;
	account: AccountName;
	/** What stands in the variable parts of the path. */
	parameters: Record<string, string>;
	query: Record<string, string>;
	/** The JSON body; undefined when there was none. */
	body: unknown;
	content: Content;
}

/** Carries out one operation. Throws a refusal where it cannot. */
export type Handler = (call: Call, sandbox: Sandbox) => Answer | Promise<Answer>;
