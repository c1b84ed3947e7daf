import { eventOf } from '../../nodes/TransactionLinkTrigger/event.ts';
import { readEvents, type EventFields } from '../../nodes/TransactionLinkTrigger/eventFields.ts';
import type { KeyServer } from './key-server.mts';
import type { Delivery, Header } from './listener.mts';
import { isOfProgramWords } from './program-words.mts';
import { describeSignature, type SignatureFacts } from './signature.mts';
import { redact } from './stand-ins.mts';

/** A recorded delivery: facts about it, and a copy without its values that the tests replay. */
export interface Fixture {
	recordedFrom: string;
	facts: {
		signature: SignatureFacts;
		keyRequests: KeyServer['requests'];
		contentType: string | null;
		/** The kind of each value of the body by its path; null when the body is not JSON. */
		fields: Record<string, string> | null;
		/** The paths of the values that the trigger finds. */
		foundAt: Record<string, string[]>;
		/** The original words in the copy. */
		kept: string[];
	};
	replay: {
		/** The copy's signature. */
		headers: Header[];
		/** The copy of the body, in base64. */
		body: string;
		/** Of the key that signed the copy; null when the original's signature was not verified. */
		publicKey: string | null;
		/** What the trigger reads in the copy. */
		reported: EventFields;
		event: string;
	};
}

/** Signs the copy of a body. */
export type Sign = (body: Buffer, isBare: boolean) => Promise<[jws: string, publicKey: string]>;

/** The fields of the first event in a body. */
export function fieldsOf(value: unknown): EventFields {
	const [first] = readEvents(value);
	if (first === undefined) throw new Error('readEvents returns at least one event');
	return first.fields;
}

function parsed(body: Buffer): { isJson: boolean; value: unknown } {
	const text = body.toString('utf8');
	try {
		return { isJson: true, value: JSON.parse(text) };
	} catch {
		return { isJson: false, value: text };
	}
}

/**
 * Makes the fixture of a delivery. It contains neither the original's bytes nor their signature: with the vendor's
 * public key, the signature would allow anyone to test guesses of the body.
 */
export async function makeFixture(
	delivery: Delivery,
	server: KeyServer,
	sign: Sign,
): Promise<Fixture> {
	const signature = await describeSignature(delivery, server);
	const { header, isBodySignedBare } = signature;
	const { isJson, value } = parsed(delivery.body);
	const { status, eventName } = fieldsOf(value);
	const kept = [status ?? '', eventName ?? ''].filter(isOfProgramWords);
	const { copy, leaves } = redact(value, kept);
	const body = Buffer.from(isJson ? JSON.stringify(copy) : String(copy));
	const [jws, publicKey] = isBodySignedBare === null ? [] : await sign(body, isBodySignedBare);
	const reported = fieldsOf(copy);
	const pathsOf = (found: string | null) =>
		leaves.filter(([, , standIn]) => String(standIn) === found).map(([path]) => path);
	return {
		recordedFrom: server.baseUrl,
		facts: {
			signature,
			keyRequests: server.requests,
			contentType: delivery.headers.find(([name]) => name === 'content-type')?.[1] ?? null,
			fields: isJson ? Object.fromEntries(leaves.map(([path, kind]) => [path, kind])) : null,
			foundAt: Object.fromEntries(
				Object.entries(reported).map(([fact, found]) => [fact, pathsOf(found)]),
			),
			kept,
		},
		replay: {
			headers: header === null || jws === undefined ? [] : [[header, jws]],
			body: body.toString('base64'),
			publicKey: publicKey ?? null,
			reported,
			event: eventOf({ fields: reported }),
		},
	};
}
