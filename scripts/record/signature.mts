import { isJsonObject } from '../json.mts';
import type { KeyServer } from './key-server.mts';
import type { TriggerCode } from './trigger.mts';

/** What a delivery's signature looked like, without the signature itself. */
export interface SignatureFacts {
	/** The name of the header that it came in, in small letters. */
	header: string | null;
	/** Of the text: `header..signature`, `header.body.signature`, or something else. */
	form: 'detached' | 'attached' | 'other' | 'none';
	/** The JOSE header; a value that is not of a registered kind is left out. */
	jose: Record<string, unknown> | null;
	outcome: 'verified' | 'refused' | 'unchecked';
	/** Why it was not verified. */
	reason: string | null;
	/** Whether the bare body was signed (RFC 7797); null when the signature was not verified. */
	isBodySignedBare: boolean | null;
}

const EXPECTED_HEADER = 'jws-signature';
const JWS = /^[\w-]+\.[\w-]*\.[\w-]+$/;

/** Registered names whose values say nothing of a person (RFC 7515, section 4.1; RFC 7797). */
const SHOWN_IN_JOSE = new Set(['alg', 'kid', 'typ', 'cty', 'b64', 'crit']);

type Headers = readonly (readonly [name: string, value: string])[];

/** The header that is, or most looks like, the signature. */
export function findSignature(headers: Headers): { name: string; value: string } | undefined {
	const small = headers.map(([name, value]) => ({ name: name.toLowerCase(), value }));
	return (
		small.find(({ name }) => name === EXPECTED_HEADER) ??
		small.find(
			({ name, value }) => name !== 'authorization' && JWS.test(value) && joseOf(value) !== null,
		) ??
		small.find(({ name }) => name.includes('signature'))
	);
}

function joseOf(value: string): Record<string, unknown> | null {
	try {
		const header: unknown = JSON.parse(
			Buffer.from(value.split('.')[0] ?? '', 'base64url').toString(),
		);
		if (!isJsonObject(header)) return null;
		return Object.fromEntries(
			Object.entries(header).map(([name, shown]) => [
				name,
				SHOWN_IN_JOSE.has(name) ? shown : typeof shown,
			]),
		);
	} catch {
		return null;
	}
}

function formOf(value: string | undefined): SignatureFacts['form'] {
	if (value === undefined) return 'none';
	if (!JWS.test(value)) return 'other';
	return value.includes('..') ? 'detached' : 'attached';
}

async function check(
	trigger: TriggerCode,
	server: KeyServer,
	value: string | undefined,
	body: Buffer,
): Promise<Pick<SignatureFacts, 'outcome' | 'reason' | 'isBodySignedBare'>> {
	const not = (outcome: 'refused' | 'unchecked', reason: string) => ({
		outcome,
		reason,
		isBodySignedBare: null,
	});
	const signature = trigger.readSignature(value);
	if ('invalid' in signature) return not('refused', signature.invalid);
	const found = await trigger.findKey(
		{ id: 'recorder', baseUrl: server.baseUrl },
		server,
		signature.keyId,
	);
	if ('missing' in found) {
		return found.missing === 'unknown'
			? not('refused', 'TransactionLink does not know the key')
			: not('unchecked', 'the key could not be fetched');
	}
	if (!trigger.isSignedWith(signature, body, found.key))
		return not('refused', 'the signature does not match the body');
	return { outcome: 'verified', reason: null, isBodySignedBare: !signature.isPayloadEncoded };
}

/**
 * Looks at a delivery's signature with the trigger's own code, and describes it.
 *
 * @param server where the key is asked for
 * @param body the bytes as they came
 */
export async function describeSignature(
	trigger: TriggerCode,
	server: KeyServer,
	headers: Headers,
	body: Buffer,
): Promise<SignatureFacts> {
	const found = findSignature(headers);
	return {
		header: found?.name ?? null,
		form: formOf(found?.value),
		jose: found === undefined ? null : joseOf(found.value),
		...(await check(trigger, server, found?.value, body)),
	};
}
