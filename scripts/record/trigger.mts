import { createRequire } from 'node:module';
import { join } from 'node:path';

import type { eventOf, readPayload } from '../../nodes/TransactionLinkTrigger/event.ts';
import type { findKey } from '../../nodes/TransactionLinkTrigger/keys.ts';
import type { isSignedWith, readSignature } from '../../nodes/TransactionLinkTrigger/signature.ts';
import type { checkedBaseUrl } from '../../nodes/shared/baseUrl.ts';
import { projectFolder } from '../project.mts';

/** The trigger's own code, as far as the recorder looks at a delivery with it. */
export interface TriggerCode {
	readSignature: typeof readSignature;
	isSignedWith: typeof isSignedWith;
	findKey: typeof findKey;
	readPayload: typeof readPayload;
	eventOf: typeof eventOf;
	checkedBaseUrl: typeof checkedBaseUrl;
}

/**
 * Loads that code from the built package: as source it is for a compiler, and Node alone does not find its imports.
 *
 * @throws when the package is not built
 */
export function loadTriggerCode(): TriggerCode {
	const load = createRequire(join(projectFolder, 'package.json'));
	const built = join(projectFolder, 'dist', 'nodes');
	return {
		...load(join(built, 'TransactionLinkTrigger', 'signature.js')),
		...load(join(built, 'TransactionLinkTrigger', 'keys.js')),
		...load(join(built, 'TransactionLinkTrigger', 'event.js')),
		...load(join(built, 'shared', 'baseUrl.js')),
	};
}
