import type { eventOf } from '../../nodes/TransactionLinkTrigger/event.ts';
import type { EventFields, readEvents } from '../../nodes/TransactionLinkTrigger/eventFields.ts';
import type { findKey } from '../../nodes/TransactionLinkTrigger/keys.ts';
import type { isSignedWith, readSignature } from '../../nodes/TransactionLinkTrigger/signature.ts';
import type { checkedBaseUrl } from '../../nodes/shared/authentication/baseUrl.ts';
import { packageCode } from '../package-code.mts';

/** The trigger's own code, as far as the recorder uses it. */
export interface TriggerCode {
	readSignature: typeof readSignature;
	isSignedWith: typeof isSignedWith;
	findKey: typeof findKey;
	readEvents: typeof readEvents;
	eventOf: typeof eventOf;
	checkedBaseUrl: typeof checkedBaseUrl;
}

const FILES = ['event', 'eventFields', 'keys', 'signature'].map(
	(name) => `nodes/TransactionLinkTrigger/${name}.ts`,
);

/** Loads that code, as it is published. */
export async function loadTriggerCode(): Promise<TriggerCode> {
	const files = [...FILES, 'nodes/shared/authentication/baseUrl.ts'];
	const modules = await Promise.all(
		files.map(async (file) => await packageCode<Partial<TriggerCode>>(file)),
	);
	const code: Partial<TriggerCode> = Object.assign({}, ...modules);
	if (!isComplete(code)) throw new Error('The trigger does not export what the recorder uses');
	return code;
}

function isComplete(code: Partial<TriggerCode>): code is TriggerCode {
	return (
		['readSignature', 'isSignedWith', 'findKey', 'readEvents', 'eventOf', 'checkedBaseUrl'] as const
	).every((name) => typeof code[name] === 'function');
}

/** The fields of the first event that a body reports. */
export function fieldsOf(trigger: Pick<TriggerCode, 'readEvents'>, value: unknown): EventFields {
	const [first] = trigger.readEvents(value);
	if (first === undefined) throw new Error('A body reports at least one event');
	return first.fields;
}
