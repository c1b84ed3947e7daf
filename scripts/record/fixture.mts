import type { EventFields } from '../../nodes/TransactionLinkTrigger/eventFields.ts';
import { isJsonObject } from '../json.mts';
import type { KeyRequest, KeyServer } from './key-server.mts';
import type { Arrival } from './listener.mts';
import { readBody, redact, redactHeaders, type Layout } from './redact.mts';
import { describeSignature, type SignatureFacts } from './signature.mts';
import { StandIns, type Kind } from './stand-ins.mts';
import { fieldsOf, type TriggerCode } from './trigger.mts';

/** A recorded delivery: what it was like, and a copy without personal data that the tests can play again. */
export interface Fixture {
	recordedFrom: string;
	/** What the contract and the README could only guess. */
	facts: {
		signature: SignatureFacts;
		keyRequests: KeyRequest[];
		contentType: string | null;
		layout: Layout;
		/** Every field of the body, and what kind of value stood there. */
		fields: Record<string, Kind>;
		/** The fields in which the trigger found what it looks for. */
		foundAt: Record<string, string[]>;
		/** The words that stand in the copy as they came. */
		kept: string[];
	};
	replay: {
		headers: [string, string][];
		/** The copy of the body, in base64. */
		body: string;
		/**
		 * Of the key that signed the copy (the signature is among the headers); null, and no signature, where that of
		 * the original was not verified.
		 */
		publicKey: string | null;
		/** What the trigger reads in the copy. */
		reported: EventFields;
		event: string;
	};
}

/** Signs the copy: gives the header's value and the public key. */
export type Sign = (
	body: Buffer,
	isBare: boolean,
) => Promise<{ header: string; publicKey: string }>;

/**
 * A status or an event in a word that programs use: `COMPLETED`, `workflow.statusChanged`, `IN_REVIEW`. Other words
 * are replaced too, because the trigger also looks under names such as `state`, which may be that of an address.
 */
const PROGRAM_WORD = new RegExp(
	'^(?=.{1,40}$)(?:[a-z]+(?:_[a-z]+)+|[\\w.:-]*(?:abort|approv|await|cancel|complet|declin|error|expir|fail|' +
		'pend|progress|reject|running|start|status|terminat)[\\w.:-]*)$',
	'i',
);

function programWords({ status, eventName }: EventFields): string[] {
	return [status, eventName].filter(
		(word): word is string => word !== null && PROGRAM_WORD.test(word),
	);
}

/** Where in a value the same text or number stands. */
function placesOf(value: unknown, wanted: string, path = ''): string[] {
	if (Array.isArray(value))
		return value.flatMap((item, index) => placesOf(item, wanted, `${path}[${index}]`));
	if (isJsonObject(value)) {
		return Object.entries(value).flatMap(([name, inner]) =>
			placesOf(inner, wanted, path === '' ? name : `${path}.${name}`),
		);
	}
	return String(value) === wanted ? [path] : [];
}

/**
 * Makes the fixture of a delivery. The original's bytes and signature are not in it: with the vendor's public key, the
 * signature would let anybody try out what the body may have said.
 */
export async function makeFixture(
	trigger: TriggerCode,
	{ server, requests }: { server: KeyServer; requests: KeyRequest[] },
	{ headers, body }: Arrival,
	sign: Sign,
): Promise<Fixture> {
	const signature = await describeSignature(trigger, server, headers, body);
	const { value, layout } = readBody(body);
	const kept = programWords(fieldsOf(trigger, value));
	const standIns = new StandIns(kept);
	const redacted = redact(value, standIns);
	const text =
		layout === 'no JSON'
			? standIns.forText(body.toString('utf8'))
			: JSON.stringify(redacted.value, null, layout === 'indented' ? 2 : 0);
	const copy = Buffer.from(text);
	const signed =
		signature.outcome === 'verified' ? await sign(copy, signature.isBodySignedBare === true) : null;
	const reported = fieldsOf(trigger, redacted.value);
	const foundAt = Object.entries(reported).flatMap(([fact, found]) =>
		found === null ? [] : [[fact, placesOf(redacted.value, String(found))]],
	);
	return {
		recordedFrom: server.baseUrl,
		facts: {
			signature,
			keyRequests: requests,
			contentType: headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null,
			layout,
			fields: layout === 'no JSON' ? {} : redacted.fields,
			foundAt: Object.fromEntries(foundAt),
			kept,
		},
		replay: {
			headers: redactHeaders(headers, standIns, {
				'content-length': String(copy.length),
				...(signature.header === null ? {} : { [signature.header]: signed?.header ?? 'left out' }),
			}),
			body: copy.toString('base64'),
			publicKey: signed?.publicKey ?? null,
			reported,
			event: trigger.eventOf({ fields: reported }),
		},
	};
}
