import type * as event from '../../nodes/TransactionLinkTrigger/event.ts';
import type * as eventFields from '../../nodes/TransactionLinkTrigger/eventFields.ts';
import type * as keys from '../../nodes/TransactionLinkTrigger/keys.ts';
import type * as signature from '../../nodes/TransactionLinkTrigger/signature.ts';
import type * as baseUrl from '../../nodes/shared/authentication/baseUrl.ts';
import { packageCode } from '../package-code.mts';

/** The trigger's own code, as far as the recorder uses it. */
export type TriggerCode = Pick<typeof signature, 'readSignature' | 'isSignedWith'> &
	Pick<typeof keys, 'findKey'> &
	Pick<typeof eventFields, 'readEvents'> &
	Pick<typeof event, 'eventOf'> &
	Pick<typeof baseUrl, 'checkedBaseUrl'>;

/** Loads that code, as it is published. */
export async function loadTriggerCode(): Promise<TriggerCode> {
	const folder = 'nodes/TransactionLinkTrigger';
	return {
		...(await packageCode<typeof signature>(`${folder}/signature.ts`)),
		...(await packageCode<typeof keys>(`${folder}/keys.ts`)),
		...(await packageCode<typeof eventFields>(`${folder}/eventFields.ts`)),
		...(await packageCode<typeof event>(`${folder}/event.ts`)),
		...(await packageCode<typeof baseUrl>('nodes/shared/authentication/baseUrl.ts')),
	};
}

/** The fields of the first event that a body reports. */
export function fieldsOf(
	{ readEvents }: Pick<TriggerCode, 'readEvents'>,
	value: unknown,
): eventFields.EventFields {
	const [first] = readEvents(value);
	if (first === undefined) throw new Error('A body reports at least one event');
	return first.fields;
}
