// Mutated deliveries are rejected, genuine ones are accepted, and no body crashes the trigger.

import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { tries } from '../long-proofs.mts';
import { eventIdOf, eventOf } from '../../nodes/TransactionLinkTrigger/event.ts';
import { readEvents } from '../../nodes/TransactionLinkTrigger/eventFields.ts';
import { isSignedWith, readSignature } from '../../nodes/TransactionLinkTrigger/signature.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const kid = '070725bf-7dac-4712-b61a-420ba3701263';

function signed(body: Buffer): string {
	const header = Buffer.from(JSON.stringify({ alg: 'RS256', kid, typ: 'JWT' })).toString(
		'base64url',
	);
	const signed = Buffer.from(`${header}.${body.toString('base64url')}`);
	return `${header}..${sign('sha256', signed, privateKey).toString('base64url')}`;
}

function isAccepted(value: unknown, body: Buffer): boolean {
	const signature = readSignature(value);
	return !('invalid' in signature) && isSignedWith(signature, body, publicKey);
}

/** Signed once, because signing is slow. */
const genuine = [
	'{"workflowId":"w-1","status":"COMPLETED"}',
	'null',
	'',
	'{"data":{"id":"é😀"}}',
].map((text) => {
	const body = Buffer.from(text);
	return { body, value: signed(body) };
});

const anyGenuine = fc.constantFrom(...genuine);

/** Changes a text or bytes in one place: removes up to two elements, and inserts another one. */
function changed<Sequence extends string | Buffer>(
	original: Sequence,
	put: (before: Sequence, after: Sequence, replacement: number) => Sequence,
): fc.Arbitrary<Sequence> {
	return fc
		.record({
			at: fc.nat(Math.max(0, original.length - 1)),
			removed: fc.nat(2),
			added: fc.nat(255),
		})
		.map(({ at, removed, added }) =>
			put(original.slice(0, at) as Sequence, original.slice(at + removed) as Sequence, added),
		);
}

let rejections = 0;
afterAll(() => {
	process.stdout.write(`${rejections} mutated deliveries were rejected\n`);
});

function expectRejected(value: unknown, body: Buffer): void {
	expect(isAccepted(value, body)).toBe(false);
	rejections += 1;
}

describe('the verification', () => {
	it(`rejects every changed signature (${tries(45_000)})`, () => {
		const attempt = anyGenuine.chain(({ body, value }) =>
			fc.record({
				body: fc.constant(body),
				original: fc.constant(value),
				value: changed(
					value,
					(before, after, added) => `${before}${String.fromCharCode(added)}${after}`,
				),
			}),
		);
		fc.assert(
			fc.property(attempt, ({ body, value, original }) => {
				if (value !== original) expectRejected(value, body);
			}),
			{ numRuns: tries(45_000) },
		);
	});

	it(`rejects every changed body (${tries(30_000)})`, () => {
		const attempt = anyGenuine.chain(({ body, value }) =>
			fc.record({
				original: fc.constant(body),
				value: fc.constant(value),
				body: changed(body, (before, after, added) =>
					Buffer.concat([before, Buffer.from([added]), after]),
				),
			}),
		);
		fc.assert(
			fc.property(attempt, ({ body, value, original }) => {
				if (!body.equals(original)) expectRejected(value, body);
			}),
			{ numRuns: tries(30_000) },
		);
	});

	it(`rejects every header that is assembled from valid and invalid parts (${tries(20_000)})`, () => {
		const [{ value } = { value: '' }] = genuine;
		const bytes = value.split('..')[1] ?? '';
		const header = fc.record(
			{
				alg: fc.constantFrom<unknown>('RS256', 'none', 'HS256', 'PS256', 'rs256', null, 7, [
					'RS256',
				]),
				kid: fc.oneof(fc.constant(kid), fc.uuid(), fc.string(), fc.anything()),
				b64: fc.constantFrom<unknown>(true, false, 'false', null),
				crit: fc.constantFrom<unknown>(['b64'], ['exp'], [], 'b64', null, ['b64', 'b64']),
				typ: fc.anything(),
			},
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(header, fc.string(), (fields, body) => {
				expectRejected(
					`${Buffer.from(JSON.stringify(fields) ?? '').toString('base64url')}..${bytes}`,
					Buffer.from(body),
				);
			}),
			{ numRuns: tries(20_000) },
		);
	});

	it(`rejects any other value (${tries(10_000)})`, () => {
		fc.assert(
			fc.property(
				fc.oneof(fc.anything(), fc.string(), fc.base64String()),
				fc.uint8Array(),
				(value, body) => {
					expectRejected(value, Buffer.from(body));
				},
			),
			{ numRuns: tries(10_000) },
		);
	});
});

it(`accepts genuine deliveries with any body (${tries(500)})`, () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
			expect(isAccepted(signed(Buffer.from(bytes)), Buffer.from(bytes))).toBe(true);
		}),
		{ numRuns: tries(500) },
	);
});

it(`reads payloads of any shape without a crash, with the same event ID for each repeat (${tries(20_000)})`, () => {
	const names = [
		'workflowId',
		'id',
		'data',
		'payload',
		'execution',
		'status',
		'event',
		'name',
		'caseId',
		'__proto__',
		'constructor',
	];
	const shape = fc.oneof(
		fc.jsonValue(),
		fc.dictionary(fc.constantFrom(...names), fc.jsonValue()),
		fc.anything(),
	);
	fc.assert(
		fc.property(shape, (payload) => {
			const events = readEvents(payload);
			expect(events.length).toBeGreaterThan(0);
			for (const { fields } of events) {
				const event = eventOf({ fields });
				const content = JSON.stringify(payload) ?? '';
				const id = eventIdOf(fields, event, content);
				expect(id).toMatch(/^[0-9a-f]{64}$/);
				expect(eventIdOf(fields, event, Buffer.from(content))).toBe(id);
				for (const value of Object.values(fields))
					expect(['string', 'boolean', 'object']).toContain(typeof value);
			}
		}),
		{ numRuns: tries(20_000) },
	);
});
