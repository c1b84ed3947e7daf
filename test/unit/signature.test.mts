// Genuine signatures are accepted, and all others are rejected with a reason.

import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { isSignedWith, readSignature } from '../../nodes/TransactionLinkTrigger/signature.ts';

// Signs with node:crypto by hand, so that the tests share no code with the verification.

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 });
const kid = '070725bf-7dac-4712-b61a-420ba3701263';
const body = Buffer.from('{"workflowId": "w-1",\n "status": "COMPLETED"}');

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function jws(header: unknown, key: KeyObject = keys.privateKey, signed = body): string {
	const encodedHeader = encode(header);
	const input = Buffer.from(`${encodedHeader}.${signed.toString('base64url')}`);
	return `${encodedHeader}..${sign('sha256', input, key).toString('base64url')}`;
}

const genuine = { alg: 'RS256', kid, typ: 'JWT' };

/** Verifies a delivery as the trigger does, but with a given key. */
function isAccepted(value: unknown, arrived = body, key: KeyObject = keys.publicKey): boolean {
	const signature = readSignature(value);
	return (
		!('invalid' in signature) && signature.keyId === kid && isSignedWith(signature, arrived, key)
	);
}

describe('a genuine signature', () => {
	it('is accepted', () => expect(isAccepted(jws(genuine))).toBe(true));

	it.each([
		['an empty body', Buffer.alloc(0)],
		['null', Buffer.from('null')],
		['bytes that are not text', Buffer.from([0, 255, 254, 46, 13, 10])],
	])('is accepted over %s', (_, bytes) =>
		expect(isAccepted(jws(genuine, keys.privateKey, bytes), bytes)).toBe(true),
	);

	it('is accepted over the raw body if the header requires that (RFC 7797)', () => {
		const encodedHeader = encode({ ...genuine, b64: false, crit: ['b64'] });
		const input = Buffer.concat([Buffer.from(`${encodedHeader}.`), body]);
		expect(
			isAccepted(
				`${encodedHeader}..${sign('sha256', input, keys.privateKey).toString('base64url')}`,
			),
		).toBe(true);
	});
});

describe('the verification rejects', () => {
	const encodedHeader = encode(genuine);
	const [, , bytes = ''] = jws(genuine).split('.');
	/** 256 bytes leave four bits of the last character unused, which a lenient decoder ignores. */
	const sameBytes = (text: string): string => {
		const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
		return `${text.slice(0, -1)}${alphabet[alphabet.indexOf(text.slice(-1)) + 1]}`;
	};
	const hmac = (algorithm: string): string => {
		const header = encode({ ...genuine, alg: algorithm });
		const secret = keys.publicKey.export({ type: 'spki', format: 'pem' });
		return `${header}..${createHmac('sha256', secret)
			.update(`${header}.${body.toString('base64url')}`)
			.digest('base64url')}`;
	};
	const pss = (): string => {
		const input = Buffer.from(`${encodedHeader}.${body.toString('base64url')}`);
		const options = { key: keys.privateKey, padding: 6, saltLength: 32 };
		return `${encodedHeader}..${sign('sha256', input, options).toString('base64url')}`;
	};

	// Rejected by the header alone, so that no key is fetched for it.
	it.each<[string, unknown]>([
		['no header', undefined],
		['an empty header', ''],
		['a list of headers', [jws(genuine)]],
		['garbage', 'garbage'],
		['two dots alone', '..'],
		['a signature without a header', `..${bytes}`],
		['a header without a signature', `${encodedHeader}..`],
		['a JWS with an attached payload', `${encodedHeader}.${body.toString('base64url')}.${bytes}`],
		['two signatures', `${jws(genuine)}, ${jws(genuine)}`],
		['"none" without a signature', `${encode({ ...genuine, alg: 'none' })}..`],
		['"none" with a genuine signature', `${encode({ ...genuine, alg: 'none' })}..${bytes}`],
		['"RS256" in lower case', jws({ ...genuine, alg: 'rs256' })],
		['no algorithm', jws({ kid })],
		['HS256 with the public key as its secret', hmac('HS256')],
		['PS256', jws({ ...genuine, alg: 'PS256' })],
		['a key id with a path in it', jws({ ...genuine, kid: '../../cases/1' })],
		['a key id with a path after a UUID', jws({ ...genuine, kid: `${kid}/../x` })],
		['a key id with a line break after it', jws({ ...genuine, kid: `${kid}\n` })],
		['a key id that is a list', jws({ ...genuine, kid: [kid] })],
		['no key id', jws({ alg: 'RS256' })],
		['a critical header that is not understood', jws({ ...genuine, crit: ['exp'], exp: 1 })],
		['a critical header next to b64', jws({ ...genuine, b64: true, crit: ['b64', 'exp'], exp: 1 })],
		['an empty list of critical headers', jws({ ...genuine, crit: [] })],
		['critical headers that are a text', jws({ ...genuine, b64: true, crit: 'b64' })],
		['b64 that is not critical', jws({ ...genuine, b64: true })],
		['b64 that is a text', jws({ ...genuine, b64: 'false', crit: ['b64'] })],
		['a header that is a list', jws([genuine])],
		['a header that is null', jws(null)],
		['a header in other base64', jws(genuine).replace(encodedHeader, `${encodedHeader}=`)],
		[
			'a signature in standard base64',
			`${encodedHeader}..${Buffer.from(bytes, 'base64url').toString('base64')}`,
		],
		['a header of more than 10,000 characters', jws({ ...genuine, typ: 'x'.repeat(10_000) })],
		['a critical header other than b64', jws({ ...genuine, b64: true, crit: ['exp'] })],
		['another encoding of the same signature bytes', `${encodedHeader}..${sameBytes(bytes)}`],
	])('%s', (_, value) => expect(readSignature(value)).toEqual({ invalid: expect.any(String) }));

	it.each<[string, unknown]>([
		['RS256 that is an HMAC with the public key', hmac('RS256')],
		['RS256 that is RSA-PSS', pss()],
		['a foreign key', jws(genuine, foreign.privateKey)],
		['a foreign key id', jws({ ...genuine, kid: '170725bf-7dac-4712-b61a-420ba3701263' })],
		[
			'a body signed in base64url, whose header declares raw bytes',
			jws({ ...genuine, b64: false, crit: ['b64'] }),
		],
		[
			'a truncated signature',
			`${encodedHeader}..${Buffer.from(bytes, 'base64url').subarray(1).toString('base64url')}`,
		],
		[
			'a signature with an additional byte',
			`${encodedHeader}..${Buffer.concat([Buffer.from(bytes, 'base64url'), Buffer.from([0])]).toString('base64url')}`,
		],
		['another header with the same signature', `${encode({ ...genuine, typ: 'JOSE' })}..${bytes}`],
	])('%s', (_, value) => {
		expect(readSignature(value)).not.toHaveProperty('invalid');
		expect(isAccepted(value)).toBe(false);
	});

	it.each([
		['changed', body.toString().replace('w-1', 'w-2')],
		['serialized again', JSON.stringify(JSON.parse(body.toString()))],
		['with a line break after it', `${body.toString()}\n`],
		['with a byte order mark before it', `\uFEFF${body.toString()}`],
		['empty', ''],
	])('a body that is %s', (_, arrived) =>
		expect(isAccepted(jws(genuine), Buffer.from(arrived))).toBe(false),
	);
});
