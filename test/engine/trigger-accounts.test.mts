// Two accounts in one n8n do not accept each other's deliveries or disturb each other's keys.

import { randomUUID } from 'node:crypto';
import { TransactionLinkTrigger } from '../../nodes/TransactionLinkTrigger/TransactionLinkTrigger.node.ts';
import { definitions, openAccount, type Account } from './account.mts';
import {
	deliver,
	type CredentialStore,
	type Delivery,
	type DeliveryOutcome,
} from './harness/index.mts';

type Name = 'main' | 'other';

let account: Account;
let credentials: Record<Name, CredentialStore>;
beforeAll(async () => {
	account = await openAccount();
});
beforeEach(async () => {
	await account.reset();
	credentials = { main: credentialWith('tot_sandbox'), other: credentialWith('tot_sandbox_other') };
});

const credentialWith = (organizationToken: string): CredentialStore =>
	account.credential({ authentication: 'organizationToken', organizationToken });

const bodyOf = (): string =>
	JSON.stringify({ workflowId: randomUUID(), event: 'workflow.completed', status: 'COMPLETED' });

async function signedBy(name: Name, body = bodyOf()): Promise<Delivery> {
	const { data } = await account.sandbox.control.post<{ signature: string }>('/sign', {
		body,
		account: name,
	});
	return { rawBody: Buffer.from(body), headers: { 'jws-signature': data.signature } };
}

async function receive(
	credential: CredentialStore,
	delivery: Delivery,
	confirmRun = false,
): Promise<DeliveryOutcome> {
	return await deliver({
		nodeType: new TransactionLinkTrigger(),
		credential,
		parameters: { options: { confirmRun } },
		...delivery,
	});
}

const isStarted = ({ workflowData }: DeliveryOutcome): boolean => workflowData !== undefined;

/** A delivery with this key ID and an invalid signature. */
function forgedWith(kid: string): Delivery {
	const header = Buffer.from(JSON.stringify({ alg: 'RS256', kid })).toString('base64url');
	return { rawBody: Buffer.from('{}'), headers: { 'jws-signature': `${header}..AAAA` } };
}

const keyIdOf = ({ headers = {} }: Delivery): string => {
	const [header = ''] = String(headers['jws-signature']).split('.');
	return String(JSON.parse(Buffer.from(header, 'base64url').toString()).kid);
};

describe('two accounts in one n8n', () => {
	it.each<[Name, Name]>([
		['main', 'other'],
		['other', 'main'],
	])(
		'a key of "%s" does not verify deliveries for a workflow of "%s"',
		async (sender, receiver) => {
			const delivery = await signedBy(sender);
			expect(isStarted(await receive(credentials[sender], delivery))).toBe(true);
			expect((await receive(credentials[receiver], await signedBy(sender))).status).toBe(401);
			expect(isStarted(await receive(credentials[receiver], await signedBy(receiver)))).toBe(true);
		},
	);

	it('a key does not verify deliveries of the other account after a rotation', async () => {
		for (const name of ['main', 'other'] as const) {
			await account.sandbox.control.post('/keys/rotate', { account: name });
		}
		expect(isStarted(await receive(credentials.main, await signedBy('main')))).toBe(true);
		expect(isStarted(await receive(credentials.other, await signedBy('other')))).toBe(true);
		expect((await receive(credentials.other, await signedBy('main'))).status).toBe(401);
		expect((await receive(credentials.main, await signedBy('other'))).status).toBe(401);
	});

	it('many unknown key IDs for one account do not block the other one', async () => {
		const flood = await Promise.all(
			Array.from(
				{ length: 40 },
				async () => await receive(credentials.main, forgedWith(randomUUID())),
			),
		);
		expect(new Set(flood.map(({ status }) => status))).toEqual(new Set([401, 503]));
		expect(await account.requests('getWebhookKey')).toHaveLength(5);
		expect(isStarted(await receive(credentials.other, await signedBy('other')))).toBe(true);
	});

	it('a key that is unknown for one account stays valid for the other one', async () => {
		expect(isStarted(await receive(credentials.main, await signedBy('main')))).toBe(true);
		expect((await receive(credentials.other, await signedBy('main'))).status).toBe(401);
		await account.fault({ operationId: 'getWebhookKey', kind: 'status', status: 500, times: 10 });
		expect(isStarted(await receive(credentials.main, await signedBy('main')))).toBe(true);
	});

	it('a credential that was switched to another account does not accept keys of the old one', async () => {
		const credential = credentials.main;
		expect(isStarted(await receive(credential, await signedBy('main')))).toBe(true);
		credential.edit({ organizationToken: 'tot_sandbox_other' });
		expect((await receive(credential, await signedBy('main'), true)).status).toBe(401);
		expect((await receive(credential, await signedBy('main'))).status).toBe(401);
		expect(isStarted(await receive(credential, await signedBy('other')))).toBe(true);
	});

	it('a key ID in upper case is the same key', async () => {
		const genuine = await signedBy('main');
		expect(isStarted(await receive(credentials.main, genuine))).toBe(true);
		const upper = forgedWith(keyIdOf(genuine).toUpperCase());
		expect((await receive(credentials.main, upper)).status).toBe(401);
		expect(await account.requests('getWebhookKey')).toHaveLength(1);
		expect(isStarted(await receive(credentials.main, await signedBy('main')))).toBe(true);
	});
});

describe('Confirm Run', () => {
	const start = async (): Promise<string> => {
		const { output } = await account.run({
			resource: 'workflow',
			operation: 'run',
			workflowDefinitionId: definitions.takesAMinute,
			caseId: await account.newCase(),
		});
		return String(output[0]?.[0]?.json['id']);
	};
	const itemOf = ({ workflowData }: DeliveryOutcome) => workflowData?.[0]?.[0]?.json;

	it('does not start the workflow for a run that the account does not have', async () => {
		const outcome = await receive(credentials.main, await signedBy('main'), true);
		expect(outcome).toMatchObject({ status: 200, body: 'OK' });
		expect(isStarted(outcome)).toBe(false);
		expect(outcome.log).toEqual([
			expect.stringMatching(/^warn: .*no such run for this credential/),
		]);
	});

	it.each(['notification', 'message', 'resource'])(
		'starts the workflow unconfirmed when an unknown ID may be that of the %s',
		async (envelope) => {
			const body = JSON.stringify({ [envelope]: { id: randomUUID(), status: 'COMPLETED' } });
			const outcome = await receive(credentials.main, await signedBy('main', body), true);
			expect(itemOf(outcome)).toMatchObject({ event: 'completed', confirmed: false });
		},
	);

	it.each([
		{ id: randomUUID() },
		{ data: { id: randomUUID() } },
		{ execution: { id: randomUUID() } },
	])('does not start the workflow for an unknown ID of a run: %j', async (fields) => {
		const body = JSON.stringify({ ...fields, event: 'workflow.completed', status: 'COMPLETED' });
		const outcome = await receive(credentials.main, await signedBy('main', body), true);
		expect([outcome.status, isStarted(outcome)]).toEqual([200, false]);
	});

	it('finds a run that exists only in version 2 of the API', async () => {
		const workflowId = await start();
		await account.sandbox.control.post(`/runs/${workflowId}/status`, { status: 'COMPLETED' });
		const before = (await account.requests('getWorkflow')).length;
		await account.fault({ operationId: 'getWorkflow', kind: 'errorBody', status: 404, times: 2 });
		const body = JSON.stringify({ workflowId, event: 'workflow.completed' });
		const outcome = await receive(credentials.main, await signedBy('main', body), true);
		expect(itemOf(outcome)).toMatchObject({ workflowId, confirmed: true });
		const requests = (await account.requests('getWorkflow')).slice(before);
		expect(requests.map(({ accept }) => accept?.includes('version=2') === true)).toEqual([
			false,
			false,
			true,
		]);
	});

	it('starts the workflow for a run of the account, with its current outcome', async () => {
		const workflowId = await start();
		await account.sandbox.control.post(`/runs/${workflowId}/status`, { status: 'EXPIRED' });
		const body = JSON.stringify({ workflowId, event: 'workflow.completed' });
		const outcome = await receive(credentials.main, await signedBy('main', body), true);
		expect(itemOf(outcome)).toMatchObject({
			event: 'failed',
			outcome: 'failed',
			status: 'EXPIRED',
			confirmed: true,
		});
	});

	it.each([
		{ kind: 'status', status: 500 },
		{ kind: 'status', status: 403 },
		{ kind: 'cut' },
		{ kind: 'malformed' },
	])('starts the workflow unconfirmed after %j', async (fault) => {
		await account.fault({ operationId: 'getWorkflow', times: 10, ...fault });
		const outcome = await receive(credentials.main, await signedBy('main'), true);
		expect(itemOf(outcome)).toMatchObject({ confirmed: false, event: 'completed' });
		expect(outcome.log).toEqual([expect.stringMatching(/^warn: .*could not confirm a run/)]);
	});

	it('rejects a delivery with 503 until TransactionLink reports the same end of the run', async () => {
		const workflowId = await start();
		const delivery = await signedBy('main', JSON.stringify({ workflowId, event: 'completed' }));
		const early = await receive(credentials.main, delivery, true);
		expect([early.status, isStarted(early)]).toEqual([503, false]);
		await account.sandbox.control.post(`/runs/${workflowId}/status`, { status: 'COMPLETED' });
		expect(itemOf(await receive(credentials.main, delivery, true))).toMatchObject({
			event: 'completed',
			outcome: 'completed',
			confirmed: true,
		});
	});

	it('does not confirm a delivery without a run ID', async () => {
		const delivery = await signedBy('main', JSON.stringify({ caseId: 'c', status: 'COMPLETED' }));
		expect(itemOf(await receive(credentials.main, delivery, true))).toMatchObject({
			event: 'completed',
			confirmed: false,
		});
	});

	it("logs neither TransactionLink's sentences nor values", async () => {
		const secret = 'Nathan-1980';
		const body = JSON.stringify({ workflowId: secret, status: 'COMPLETED', [secret]: secret });
		await account.fault({
			operationId: 'getWorkflow',
			kind: 'status',
			status: 422,
			body: { fingerprint: 'f', errors: [{ code: 'odd', message: `${secret} is odd` }] },
			times: 10,
		});
		const { log } = await receive(credentials.main, await signedBy('main', body), true);
		expect(log.join('\n')).not.toContain(secret);
		expect(log).toHaveLength(1);
	});
});
