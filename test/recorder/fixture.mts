import { eventOf } from '../../nodes/TransactionLinkTrigger/event.ts';
import { readEvents, type EventFields } from '../../nodes/TransactionLinkTrigger/eventFields.ts';
import { signDetached, SigningKeys } from '../../sandbox/webhooks/signing.mts';
import type { Delivery, Header } from './listener.mts';
import { consistsOfKnownWords, redact } from './redaction.mts';
import { describeSignature, type KeyServer } from './signature.mts';

/** A recorded delivery: facts about it, and a copy without its values that the tests replay. */
export type Fixture = Awaited<ReturnType<typeof makeFixture>>;

/** The fields of the first event in a body. */
export function fieldsOf(value: unknown): EventFields {
	const [first] = readEvents(value);
	if (first === undefined) throw new Error('readEvents returns at least one event');
	return first.fields;
}

/** The value of a JSON body, and the text of any other one. */
function parsed(body: string): { isJson: boolean; value: unknown } {
	try {
		return { isJson: true, value: JSON.parse(body) };
	} catch {
		return { isJson: false, value: body };
	}
}

/**
 * Makes the fixture of a delivery. It contains neither the original's bytes nor their signature: with the vendor's
 * public key, the signature would allow anyone to test guesses of the body.
 */
export async function makeFixture(delivery: Delivery, server: KeyServer) {
	const signature = await describeSignature(delivery, server);
	const { header, isPayloadUnencoded } = signature;
	const { isJson, value } = parsed(delivery.body.toString());
	const { status, eventName } = fieldsOf(value);
	const kept = [status ?? '', eventName ?? ''].filter(consistsOfKnownWords);
	const { copy, leaves } = redact(value, kept);
	const body = Buffer.from(isJson ? JSON.stringify(copy) : String(copy));
	const keys = isPayloadUnencoded === null ? null : await SigningKeys.create();
	const jws = keys && (await signDetached(body, keys.current, isPayloadUnencoded === true));
	const reported = fieldsOf(copy);
	const foundAt = Object.entries(reported).map(([field, found]): [string, string[]] => {
		const equal = leaves.filter(([, , standIn]) => String(standIn) === found);
		return [field, equal.map(([path]) => path)];
	});
	const signed: Header[] = header === null || jws === null ? [] : [[header, jws]];
	return {
		recordedFrom: server.baseUrl,
		facts: {
			signature,
			keyRequests: server.requests,
			contentType: delivery.headers.find(([name]) => name === 'content-type')?.[1] ?? null,
			/** The kind of each value of the body by its path; null when the body is not JSON. */
			fields: isJson ? Object.fromEntries(leaves.map(([path, kind]) => [path, kind])) : null,
			/** The paths of the values that the trigger finds. */
			foundAt: Object.fromEntries(foundAt),
			/** The original words in the copy. */
			kept,
		},
		replay: {
			/** The copy's signature. */
			headers: signed,
			/** The copy of the body, in base64. */
			body: body.toString('base64'),
			/** Of the key that signed the copy; null when the original's signature was not verified. */
			publicKey: keys?.publicPem(keys.current.kid) ?? null,
			/** What the trigger reads in the copy. */
			reported,
			event: eventOf({ fields: reported }),
		},
	};
}
