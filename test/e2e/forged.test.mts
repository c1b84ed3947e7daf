// A real n8n rejects forged deliveries without starting the workflow.

import { createHmac, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { localHttp } from '../../scripts/local-http.mts';
import { waitUntil } from '../../scripts/waiting.mts';
import { send as sendTo } from './deliveries.mts';
import { countWebhookExecutions } from './runs.mts';
import { openStage, type Stage } from './stage.mts';

/** The trigger requests at most five unknown keys in this time. */
const COOLDOWN_MILLISECONDS = 5_000;

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
afterAll(async () => {
	await (stage as Stage | undefined)?.close();
});

type Forgery = [name: string, header: string | undefined, body?: string];

const body = '{"event":"workflow.completed","workflowId":"forged","status":"COMPLETED"}';
const { privateKey: foreignKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const encode = (value: unknown): string =>
	Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** A JWS signed with a foreign key. */
function signForeign(header: unknown, signed = body): string {
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
		['an empty signature', ''],
		['garbage', 'garbage'],
		['two dots', '..'],
		['a header only', `${header}..`],
		['signature bytes only', `..${bytes}`],
		['one dot', `${header}.${bytes}`],
		['a JWS with an attached body', `${header}.${encode(body)}.${bytes}`],
		['a JWS with another attached body', `${header}.${encode('{}')}.${bytes}`],
		['two signatures', `${genuine}, ${genuine}`],
		['a "Bearer" prefix', `Bearer ${genuine}`],
		['"none" without signature bytes', `${encode({ ...jose, alg: 'none' })}..`],
		['"none" with genuine signature bytes', `${encode({ ...jose, alg: 'none' })}..${bytes}`],
		['"None"', `${encode({ ...jose, alg: 'None' })}..${bytes}`],
		['HS256 with the public key', hmac('HS256')],
		['RS256 that is an HMAC', hmac('RS256')],
		['RS384', signForeign({ ...jose, alg: 'RS384' })],
		['PS256', signForeign({ ...jose, alg: 'PS256' })],
		['ES256', signForeign({ ...jose, alg: 'ES256' })],
		['no algorithm', signForeign({ kid: jose.kid })],
		['a foreign key under a genuine ID', signForeign(jose)],
		[
			'a foreign key in the header',
			signForeign({
				...jose,
				jwk: { kty: 'RSA' },
				jku: 'http://127.0.0.1:9/keys',
				x5u: 'http://127.0.0.1:9/x',
			}),
		],
		['a foreign key ID', signForeign({ ...jose, kid: randomUUID() })],
		[
			'a key ID with a path traversal',
			signForeign({ ...jose, kid: '../../organizations/workspaces' }),
		],
		['a key ID with a query', signForeign({ ...jose, kid: `${jose.kid}?pem=false#` })],
		['a key ID with spaces', signForeign({ ...jose, kid: ` ${jose.kid} ` })],
		['no key ID', signForeign({ alg: 'RS256' })],
		['a key ID that is a number', signForeign({ ...jose, kid: 7 })],
		['a critical header', `${encode({ ...jose, crit: ['exp'], exp: 1 })}..${bytes}`],
		['a b64 header that is not critical', `${encode({ ...jose, b64: false })}..${bytes}`],
		[
			'a critical b64 header with an encoded body',
			`${encode({ ...jose, b64: false, crit: ['b64'] })}..${bytes}`,
		],
		['a header that is a list', signForeign([jose])],
		['a header that is invalid JSON', signForeign('{"alg":"RS256"')],
		['a changed header', `${encode({ ...jose, typ: 'JOSE' })}..${bytes}`],
		['a truncated signature', genuine.slice(0, -8)],
		[
			'a signature in standard Base64',
			`${header}..${bytes.replace(/-/g, '+').replace(/_/g, '/')}==`,
		],
		['a header of 20,000 characters', signForeign({ ...jose, typ: 'x'.repeat(14_000) })],
		['a changed body', genuine, body.replace('forged', 'forger')],
		['a re-serialized body', genuine, JSON.stringify(JSON.parse(body), null, 1)],
		['a body with a trailing space', genuine, `${body} `],
		['a body of another event', genuine, '{"workflowId":"w"}'],
		['no body', genuine, ''],
	];
}

// The trigger confirms a run before it starts the workflow, so the runs of genuine deliveries must exist.
beforeAll(async () => {
	for (const id of ['forged', 'with-a-new-key', 'while-down'])
		await stage.sandbox.control.post('/runs', { id, status: 'COMPLETED' });
});

async function send(signature: string | undefined, content = body): Promise<number> {
	return (await sendTo(String(stage.prepared.webhookUrl), content, signature)).status;
}

async function signatureOf(signed: string): Promise<{ signature: string; kid: string }> {
	const { data } = await stage.sandbox.control.post<{ signature: string; kid: string }>('/sign', {
		body: signed,
	});
	return data;
}

const countExecutions = async () => await countWebhookExecutions(stage);

/** Waits for another execution and returns the new count. n8n 1 responds before it saves the execution. */
async function executionsAfter(before: number): Promise<number> {
	return await waitUntil('an execution to start', async () => {
		const count = await countExecutions();
		return count > before ? count : undefined;
	});
}

async function countKeyRequests(): Promise<number> {
	const { data } = await stage.sandbox.control.get<unknown[]>('/calls', {
		params: { operationId: 'getWebhookKey' },
	});
	return data.length;
}

it('rejects more than 30 kinds of forged deliveries without starting the workflow', async () => {
	const { signature, kid } = await signatureOf(body);
	const { data: pem } = await localHttp.get<string>(
		`${stage.sandboxUrl}/auth/webhooks/key/${kid}?pem=true`,
	);
	const all = forgeries(signature, pem);
	expect(all.length).toBeGreaterThan(30);
	const before = await countExecutions();
	const statuses: [string, number][] = [];
	for (const [name, header, content] of all) statuses.push([name, await send(header, content)]);
	// Node responds 431 to a header that exceeds its limit.
	expect(statuses.filter(([, status]) => status !== 401 && status !== 431)).toEqual([]);
	expect(await countExecutions()).toBe(before);
	expect(await send(signature)).toBe(200);
	expect(await executionsAfter(before)).toBe(before + 1);
	process.stdout.write(
		`${all.length} kinds of forged deliveries: all rejected, 0 executions started\n`,
	);
});

it(
	'rejects 200 concurrent deliveries with unknown key IDs after few key requests, and accepts a ' +
		'genuine delivery',
	async () => {
		await stage.sandbox.control.post('/keys/rotate');
		const fresh = body.replace('forged', 'with-a-new-key');
		const { signature } = await signatureOf(fresh);
		const [before, requestsBefore] = [await countExecutions(), await countKeyRequests()];
		const start = Date.now();
		const attack = Promise.all(
			Array.from(
				{ length: 200 },
				async () => await send(signForeign({ alg: 'RS256', kid: randomUUID() })),
			),
		);
		const accepted = waitUntil('the genuine delivery to be accepted', async () =>
			(await send(signature, fresh)) === 200 ? true : undefined,
		);
		const statuses = await attack;
		expect(statuses.filter((status) => status !== 401 && status !== 503)).toEqual([]);
		const requests = (await countKeyRequests()) - requestsBefore;
		const periods = Math.ceil((Date.now() - start) / COOLDOWN_MILLISECONDS);
		expect(requests).toBeLessThanOrEqual(20 + 5 * periods);
		expect(await accepted).toBe(true);
		expect(await executionsAfter(before)).toBe(before + 1);
		process.stdout.write(
			`200 deliveries with unknown key IDs: 0 accepted, ${requests} key requests, the genuine one accepted\n`,
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
	const before = await countExecutions();
	expect(
		await waitUntil('a 5xx response', async () => {
			const status = await send(signature, fresh);
			return status >= 500 ? status : undefined;
		}),
	).toBe(503);
	expect(await countExecutions()).toBe(before);
	await stage.sandbox.control.delete('/faults');
	expect(
		await waitUntil('the delivery to be accepted', async () =>
			(await send(signature, fresh)) === 200 ? true : undefined,
		),
	).toBe(true);
	expect(await executionsAfter(before)).toBe(before + 1);
});
