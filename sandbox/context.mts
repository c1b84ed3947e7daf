import type { Contract } from './api/contract.mts';
import type { CallLog } from './control/calls.mts';
import type { Faults } from './control/faults.mts';
import type { Downloads } from './downloads.mts';
import type { Runs } from './runs.mts';
import type { SettingsStore } from './settings.mts';
import type { State } from './state.mts';
import type { SigningKeys } from './webhooks/signing.mts';
import type { Webhooks } from './webhooks/webhooks.mts';

/** The rooms of one sandbox, for those that answer calls. */
export interface Sandbox {
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
