// The real n8n rejects forged deliveries and starts nothing for them.

import { createHmac, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import axios from 'axios';
import { waitUntil } from '../../scripts/waiting.mts';
import { send as sendTo } from './deliveries.mts';
import { startsByWebhook } from './runs.mts';
import { openStage, type Stage } from './stage.mts';

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
}, 300_000);
afterAll(async () => {
	await (stage as Stage | undefined)?.close();
});

type Forgery = [name: string, header: string | undefined, body?: string];

const body = '{"event":"workflow.completed","workflowId":"forged","status":"COMPLETED"}';
const { privateKey: foreignKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const encode = (value: unknown): string =>
	Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** A JWS that a stranger made, with a key of their own. */
function stranger(header: unknown, signed = body): string {
	const encoded = encode(header);
	return `${encoded}..${createSign('sha256')
		.update(`${encoded}.${encode(signed)}`)
		.sign(foreignKey)
		.toString('base64url')}`;
}

function forgeries(genuine: string, pem: string): Forgery[] {
	const [header = '', , bytes = ''] = genuine.split('.');
	const jose = JSON.parse(Buffer.from(header, 'base64url').toString()) as {
		alg: string;
		kid: string;
	};
	const hmac = (alg: string): string => {
		const encoded = encode({ ...jose, alg });
		return `${encoded}..${createHmac('sha256', pem)
			.update(`${encoded}.${encode(body)}`)
			.digest('base64url')}`;
	};
	return [
		['no signature', undefined],
		['an empty one', ''],
		['garbage', 'garbage'],
		['two dots', '..'],
		['a bare header', `${header}..`],
		['bare bytes', `..${bytes}`],
		['one dot', `${header}.${bytes}`],
		['a JWS with its body in it', `${header}.${encode(body)}.${bytes}`],
		['a JWS with another body in it', `${header}.${encode('{}')}.${bytes}`],
		['two of them', `${genuine}, ${genuine}`],
		['"Bearer" before it', `Bearer ${genuine}`],
		['"none", without bytes', `${encode({ ...jose, alg: 'none' })}..`],
		['"none", with genuine bytes', `${encode({ ...jose, alg: 'none' })}..${bytes}`],
		['"None"', `${encode({ ...jose, alg: 'None' })}..${bytes}`],
		['HS256 with the public key', hmac('HS256')],
		['RS256 that is an HMAC', hmac('RS256')],
		['RS384', stranger({ ...jose, alg: 'RS384' })],
		['PS256', stranger({ ...jose, alg: 'PS256' })],
		['ES256', stranger({ ...jose, alg: 'ES256' })],
		['no algorithm', stranger({ kid: jose.kid })],
		['a foreign key under a genuine ID', stranger(jose)],
		[
			'a foreign key that brings itself along',
			stranger({
				...jose,
				jwk: { kty: 'RSA' },
				jku: 'http://127.0.0.1:9/keys',
				x5u: 'http://127.0.0.1:9/x',
			}),
		],
		['a foreign key ID', stranger({ ...jose, kid: randomUUID() })],
		['a key ID that climbs', stranger({ ...jose, kid: '../../organizations/workspaces' })],
		['a key ID with a query', stranger({ ...jose, kid: `${jose.kid}?pem=false#` })],
		['a key ID with blanks', stranger({ ...jose, kid: ` ${jose.kid} ` })],
		['no key ID', stranger({ alg: 'RS256' })],
		['a key ID that is a number', stranger({ ...jose, kid: 7 })],
		['a critical header', `${encode({ ...jose, crit: ['exp'], exp: 1 })}..${bytes}`],
		['b64 that is not critical', `${encode({ ...jose, b64: false })}..${bytes}`],
		[
			'b64 that is critical, over an encoded body',
			`${encode({ ...jose, b64: false, crit: ['b64'] })}..${bytes}`,
		],
		['a header that is a list', stranger([jose])],
		['a header that is no JSON', stranger('{"alg":"RS256"')],
		['a changed header', `${encode({ ...jose, typ: 'JOSE' })}..${bytes}`],
		['bytes cut short', genuine.slice(0, -8)],
		['bytes in another alphabet', `${header}..${bytes.replace(/-/g, '+').replace(/_/g, '/')}==`],
		['a header of 20,000 signs', stranger({ ...jose, typ: 'x'.repeat(14_000) })],
		['a changed body', genuine, body.replace('forged', 'forger')],
		['a body serialised again', genuine, JSON.stringify(JSON.parse(body), null, 1)],
		['a body with a blank more', genuine, `${body} `],
		['a body of another event', genuine, '{"workflowId":"w"}'],
		['no body', genuine, ''],
	];
}

/** Runs that the account has, so that the genuine deliveries start the workflow. */
beforeAll(async () => {
	for (const id of ['forged', 'with-a-new-key', 'while-down'])
		await stage.sandbox.control.post('/runs', { id, status: 'COMPLETED' });
});

async function send(signature: string | undefined, sent = body): Promise<number> {
	return (await sendTo(String(stage.prepared.webhookUrl), sent, signature)).status;
}

async function signatureOf(signed: string): Promise<{ signature: string; kid: string }> {
	const { data } = await stage.sandbox.control.post<{ signature: string; kid: string }>('/sign', {
		body: signed,
	});
	return data;
}

const executions = async () => await startsByWebhook(stage);

/** The number of executions once there is another one: n8n 1 answers a moment before it is there. */
async function executionsAfter(before: number): Promise<number> {
	return await waitUntil(
		'an execution to start',
		async () => {
			const count = await executions();
			return count > before ? count : undefined;
		},
		10_000,
	);
}

async function keyRequests(): Promise<number> {
	const { data } = await stage.sandbox.control.get<unknown[]>('/calls', {
		params: { operationId: 'getWebhookKey' },
	});
	return data.length;
}

it('more than 30 kinds of forged deliveries are refused, and start nothing', async () => {
	const { signature, kid } = await signatureOf(body);
	const { data: pem } = await axios.get<string>(
		`${stage.sandboxUrl}/auth/webhooks/key/${kid}?pem=true`,
		{ proxy: false },
	);
	const all = forgeries(signature, pem);
	expect(all.length).toBeGreaterThan(30);
	const before = await executions();
	const answers: [string, number][] = [];
	for (const [name, header, sent] of all) answers.push([name, await send(header, sent)]);
	// 431 is Node's own answer to a header that is too large for it.
	expect(answers.filter(([, status]) => status !== 401 && status !== 431)).toEqual([]);
	expect(await executions()).toBe(before);
	expect(await send(signature)).toBe(200);
	expect(await executionsAfter(before)).toBe(before + 1);
	process.stdout.write(
		`${all.length} kinds of forged deliveries: all refused, 0 executions started\n`,
	);
});

it(
	'200 deliveries with unknown key IDs in a second are not taken, hardly ask anybody, and ' +
		'keep no genuine one out',
	async () => {
		await stage.sandbox.control.post('/keys/rotate');
		const fresh = body.replace('forged', 'with-a-new-key');
		const { signature } = await signatureOf(fresh);
		const [before, asked] = [await executions(), await keyRequests()];
		const attack = Promise.all(
			Array.from(
				{ length: 200 },
				async () => await send(stranger({ alg: 'RS256', kid: randomUUID() })),
			),
		);
		// As TransactionLink does: up to five more times, 5 seconds apart.
		const isTaken = waitUntil(
			'the genuine delivery to be taken',
			async () => ((await send(signature, fresh)) === 200 ? true : undefined),
			100_000,
		);
		const statuses = await attack;
		expect(statuses.filter((status) => status !== 401 && status !== 503)).toEqual([]);
		const requests = (await keyRequests()) - asked;
		expect(requests).toBeLessThanOrEqual(20);
		expect(await isTaken).toBe(true);
		expect(await executionsAfter(before)).toBe(before + 1);
		process.stdout.write(
			`200 deliveries with unknown key IDs: 0 accepted, ${requests} key requests sent out, the genuine one taken\n`,
		);
	},
);

it('responds 503 while the key server is down, and accepts the delivery once it is back', async () => {
	await stage.sandbox.control.post('/keys/rotate');
	const fresh = body.replace('forged', 'while-down');
	const { signature } = await signatureOf(fresh);
	await stage.sandbox.control.post('/faults', {
		operationId: 'getWebhookKey',
		kind: 'cut',
		times: 1_000,
	});
	const before = await executions();
	expect(
		await waitUntil(
			'an answer about the key server',
			async () => {
				const status = await send(signature, fresh);
				return status >= 500 ? status : undefined;
			},
			20_000,
		),
	).toBe(503);
	expect(await executions()).toBe(before);
	await stage.sandbox.control.delete('/faults');
	expect(
		await waitUntil(
			'the delivery to be taken',
			async () => ((await send(signature, fresh)) === 200 ? true : undefined),
			20_000,
		),
	).toBe(true);
	expect(await executionsAfter(before)).toBe(before + 1);
});
