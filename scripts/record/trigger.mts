import type { eventOf, readPayload } from '../../nodes/TransactionLinkTrigger/event.ts';
import type { findKey } from '../../nodes/TransactionLinkTrigger/keys.ts';
import type { isSignedWith, readSignature } from '../../nodes/TransactionLinkTrigger/signature.ts';
import type { checkedBaseUrl } from '../../nodes/shared/authentication/baseUrl.ts';
import { packageCode } from '../package-code.mts';

/** The trigger's own code, as far as the recorder looks at a delivery with it. */
export interface TriggerCode {
	readSignature: typeof readSignature;
	isSignedWith: typeof isSignedWith;
	findKey: typeof findKey;
	readPayload: typeof readPayload;
	eventOf: typeof eventOf;
	checkedBaseUrl: typeof checkedBaseUrl;
}

/** Loads that code, as it is published. */
export async function loadTriggerCode(): Promise<TriggerCode> {
	return {
		...(await packageCode<Pick<TriggerCode, 'readSignature' | 'isSignedWith'>>(
			'nodes/TransactionLinkTrigger/signature.ts',
		)),
		...(await packageCode<Pick<TriggerCode, 'findKey'>>('nodes/TransactionLinkTrigger/keys.ts')),
		...(await packageCode<Pick<TriggerCode, 'readPayload' | 'eventOf'>>(
			'nodes/TransactionLinkTrigger/event.ts',
		)),
		...(await packageCode<Pick<TriggerCode, 'checkedBaseUrl'>>(
			'nodes/shared/authentication/baseUrl.ts',
		)),
	};
}
