// A recorded fixture contains the facts about a delivery and none of its values.

import { generateKeyPairSync } from 'node:crypto';

import * as keys from '../../nodes/TransactionLinkTrigger/keys.ts';
import { makeFixture, type Fixture } from '../recorder/fixture.mts';
import { redact } from '../recorder/redaction.mts';
import { keyServerAt } from '../recorder/signature.mts';
import { startLocalServer } from '../engine/harness/local-server.mts';

/** The fixture of an unsigned delivery. */
async function fixtureOf(body: string, headers: [string, string][] = []): Promise<Fixture> {
	const delivery = { headers, body: Buffer.from(body) };
	return await makeFixture(delivery, keyServerAt('http://127.0.0.1:9'));
}

describe('redaction', () => {
	it.each([
		['19800101-1234', 'text-1', 'text'],
		['Nathan', 'text-1', 'text'],
		['', '', 'empty text'],
		['nathan@nordlys.example.org', 'name-1@email.example', 'e-mail'],
		['http://files.example.org/x?key=1', 'https://address-1.example/', 'address'],
		['8a1f0c8e-1111-4222-8333-444455556666', '00000000-0000-4000-8000-000000000001', 'id'],
		['1980-05-17', '2000-01-01', 'date'],
		['1980-05-17T08:09:10.123Z', '2000-01-01T00:00:00.000Z', 'date'],
		['1980-05-17 08:09:10+02:00', '2000-01-01 00:00:00+00:00', 'date'],
		[198001011234, 100000000000, 'number'],
		[0, 0, 'number'],
		[3.25, 1.5, 'number'],
		[false, true, 'boolean'],
		[null, null, 'null'],
	])('replaces %j by %j, of the kind "%s"', (value, standIn, kind) => {
		expect(redact(value)).toEqual({ copy: standIn, leaves: [['', kind, standIn]] });
	});

	it('replaces equal texts by equal placeholders, and different texts by different ones', () => {
		const [a, b, c, kept] = Object.values(
			redact(['a', 'b', 'a', 'COMPLETED'], ['COMPLETED']).copy ?? {},
		);
		expect(a).toBe(c);
		expect(a).not.toBe(b);
		expect(kept).toBe('COMPLETED');
	});

	it('keeps field names, and replaces those that may be values', () => {
		const { copy, leaves } = redact({ data: [{ name: 'Nathan', 'nathan@example.org': 1 }] });
		expect(copy).toEqual({ data: [{ name: 'text-1', 'name-2@email.example': 1 }] });
		expect(leaves.map(([path]) => path)).toEqual(['data[0].name', 'data[0].name-2@email.example']);
	});
});

describe('a recorded status', () => {
	it.each(['COMPLETED', 'Completed', 'IN_REVIEW', 'running', 'statusChanged'])(
		'is kept if it consists of known words: %s',
		async (status) => {
			expect((await fixtureOf(JSON.stringify({ status }))).facts.kept).toEqual([status]);
		},
	);

	it.each([
		'Texas',
		'NATHAN',
		'Nathan Nilsson',
		'nathan_cancelled',
		'AwaitingNathan',
		'värmland',
		'19800101-1234',
		`completed ${'x'.repeat(50)}`,
	])('is replaced if it contains another word: %s', async (state) => {
		const fixture = await fixtureOf(JSON.stringify({ state }));
		expect(fixture.facts.kept).toEqual([]);
		expect(fixture.replay.reported.status).toBe('text-1');
	});
});

it.each(['Nathan, without JSON', '', '"Nathan"', '["Nathan"]', '7012345678'])(
	'records a body of any kind: %s',
	async (body) => {
		const { replay, facts } = await fixtureOf(body);
		expect(Buffer.from(replay.body, 'base64').toString()).not.toMatch(/Nathan|7012345678/);
		expect(facts.signature).toMatchObject({
			form: 'none',
			outcome: 'not verified',
			reason: 'no signature',
		});
	},
);

it('finds the signature in an undocumented header, and leaves it out', async () => {
	const jose = Buffer.from('{"alg":"RS256","kid":"k","iat":1700000000}').toString('base64url');
	const { facts, replay } = await fixtureOf('{}', [
		['host', 'tunnel.example.org'],
		['x-hook', `${jose}..c2lnbmF0dXJl`],
	]);
	expect(facts.signature).toMatchObject({
		header: 'x-hook',
		form: 'detached',
		jose: { alg: 'RS256', kid: 'k', iat: 'number' },
	});
	expect(replay.headers).toEqual([]);
});

describe('a key', () => {
	const pem = generateKeyPairSync('rsa', { modulusLength: 2048 })
		.publicKey.export({ type: 'spki', format: 'pem' })
		.toString();

	it('is requested without authorization first, and with it after a 401', async () => {
		const server = await startLocalServer(({ headers }) =>
			headers.authorization === 'tot_x'
				? { status: 200, headers: { 'content-type': 'text/plain' }, body: pem }
				: { status: 401 },
		);
		const keyServer = keyServerAt(server.url, 'tot_x');
		const found = await keys.findKey({ id: 'a', baseUrl: keyServer.baseUrl }, keyServer, 'a');
		await server.close();
		expect(found).toHaveProperty('key');
		expect(keyServer.requests).toEqual([
			{ withAuthorization: false, status: 401 },
			{ withAuthorization: true, status: 200 },
		]);
	});
});
