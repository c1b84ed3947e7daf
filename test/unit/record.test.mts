import { generateKeyPairSync } from 'node:crypto';

import * as event from '../../nodes/TransactionLinkTrigger/event.ts';
import * as eventFields from '../../nodes/TransactionLinkTrigger/eventFields.ts';
import * as keys from '../../nodes/TransactionLinkTrigger/keys.ts';
import * as signature from '../../nodes/TransactionLinkTrigger/signature.ts';
import { checkedBaseUrl } from '../../nodes/shared/authentication/baseUrl.ts';
import { makeFixture, type Fixture } from '../../scripts/record/fixture.mts';
import { keyServerAt } from '../../scripts/record/key-server.mts';
import { StandIns } from '../../scripts/record/stand-ins.mts';
import { startLocalServer } from '../engine/harness/local-server.mts';

const trigger = { ...event, ...eventFields, ...keys, ...signature, checkedBaseUrl };

/** The fixture of an unsigned delivery. */
async function fixtureOf(body: string, headers: [string, string][] = []): Promise<Fixture> {
	const server = keyServerAt('http://127.0.0.1:9');
	return await makeFixture(trigger, server, { headers, body: Buffer.from(body) }, () =>
		Promise.reject(new Error('Nothing to sign')),
	);
}

describe('a stand-in', () => {
	it.each([
		['19800101-1234', 'text-1'],
		['Nathan', 'text-1'],
		['', ''],
		['nathan@nordlys.example.org', 'name-1@email.example'],
		['http://files.example.org/x?key=1', 'https://address-1.example/'],
		['8a1f0c8e-1111-4222-8333-444455556666', '00000000-0000-4000-8000-000000000001'],
		['1980-05-17', '2000-01-01'],
		['1980-05-17T08:09:10.123Z', '2000-01-01T00:00:00.000Z'],
		['1980-05-17 08:09:10+02:00', '2000-01-01 00:00:00+00:00'],
		[198001011234, 100000000000],
		[0, 0],
		[3.25, 1.5],
		[false, true],
		[null, null],
	])('for %j is %j', (value, standIn) => expect(new StandIns([]).for(value)).toBe(standIn));

	it('is the same for the same text, and another one for another', () => {
		const standIns = new StandIns(['COMPLETED']);
		expect(['a', 'b', 'a', 'COMPLETED'].map((text) => standIns.for(text))).toEqual([
			'text-1',
			'text-2',
			'text-1',
			'COMPLETED',
		]);
	});
});

describe('a recorded status', () => {
	it.each(['COMPLETED', 'Completed', 'IN_REVIEW', 'running'])(
		'stays when it is a word of a program: %s',
		async (status) => {
			expect((await fixtureOf(JSON.stringify({ status }))).facts.kept).toEqual([status]);
		},
	);

	it.each([
		'Texas',
		'NATHAN',
		'Nathan Nilsson',
		'värmland',
		'19800101-1234',
		`completed ${'x'.repeat(50)}`,
	])('is replaced when it may be something else: %s', async (state) => {
		const fixture = await fixtureOf(JSON.stringify({ state }));
		expect(fixture.facts.kept).toEqual([]);
		expect(fixture.replay.reported.status).toBe('text-1');
	});
});

it.each(['no JSON, but Nathan', '', '"Nathan"', '["Nathan"]', '7012345678'])(
	'takes a body of any kind: %s',
	async (body) => {
		const { replay, facts } = await fixtureOf(body);
		expect(Buffer.from(replay.body, 'base64').toString()).not.toMatch(/Nathan|7012345678/);
		expect(facts.signature).toMatchObject({
			form: 'none',
			outcome: 'refused',
			reason: 'no signature',
		});
	},
);

it('finds a signature in another header than the documented one, and leaves it out', async () => {
	const jws = `${Buffer.from('{"alg":"RS256","kid":"k","iat":1700000000}').toString('base64url')}..c2lnbmF0dXJl`;
	const { facts, replay } = await fixtureOf('{}', [
		['Host', 'tunnel.example.org'],
		['X-Hook', jws],
	]);
	expect(facts.signature).toMatchObject({
		header: 'x-hook',
		form: 'detached',
		jose: { alg: 'RS256', kid: 'k', iat: 'number' },
	});
	expect(replay.headers).toEqual([
		['Host', 'text-1'],
		['X-Hook', 'left out'],
	]);
});

describe('the key', () => {
	const pem = generateKeyPairSync('rsa', { modulusLength: 2048 })
		.publicKey.export({ type: 'spki', format: 'pem' })
		.toString();

	it('is asked for without a credential first, and with one where it has to be', async () => {
		const server = await startLocalServer(({ headers }) =>
			headers.authorization === 'tot_x'
				? { status: 200, headers: { 'content-type': 'text/plain' }, body: pem }
				: { status: 401 },
		);
		const { server: keyServer, requests } = keyServerAt(server.url, 'tot_x');
		const found = await keys.findKey({ id: 'a', baseUrl: keyServer.baseUrl }, keyServer, 'a');
		await server.close();
		expect(found).toHaveProperty('key');
		expect(requests).toEqual([
			{ withAuthorization: false, status: 401, contentType: null },
			{ withAuthorization: true, status: 200, contentType: 'text/plain' },
		]);
	});
});
