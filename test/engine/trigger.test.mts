// The trigger verifies, interprets and deduplicates deliveries in n8n's webhook context.

import { generateKeyPairSync, sign } from 'node:crypto';
import type { INodeParameters } from 'n8n-workflow';
import { TransactionLinkTrigger } from '../../nodes/TransactionLinkTrigger/TransactionLinkTrigger.node.ts';
import { definitions, openAccount, type Account } from './account.mts';
import {
	callSetupMethod,
	deliver,
	startLocalServer,
	startReceiver,
	type CredentialStore,
	type Delivery,
	type DeliveryOutcome,
	type HandledDelivery,
} from './harness/index.mts';

let account: Account;
let credential: CredentialStore;
beforeAll(async () => {
	account = await openAccount();
});
beforeEach(async () => {
	await account.reset();
	credential = account.credential();
	await account.set({ pace: 0.1 });
});

const json = { 'content-type': 'application/json' };

/** Most runs in these tests do not exist, so the trigger cannot confirm them. */
function unconfirmed({ options, ...parameters }: INodeParameters = {}): INodeParameters {
	return { ...parameters, options: { confirmRun: false, ...Object(options) } };
}

/** A delivery that the sandbox has signed. */
async function signed(body: unknown): Promise<Delivery> {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const { data } = await account.sandbox.control.post<{ signature: string }>('/sign', {
		body: text,
	});
	return { rawBody: Buffer.from(text), headers: { ...json, 'jws-signature': data.signature } };
}

async function receive(
	delivery: Delivery,
	parameters: INodeParameters = {},
): Promise<DeliveryOutcome> {
	return await deliver({
		nodeType: new TransactionLinkTrigger(),
		credential,
		parameters: unconfirmed(parameters),
		...delivery,
	});
}

let runs = 0;
/** A body about a new run, because the trigger ignores repeated events. */
const completed = (more: Record<string, unknown> = {}) => ({
	event: 'workflow.completed',
	workflowId: `run-${(runs += 1)}`,
	caseId: 'case-1',
	status: 'COMPLETED',
	...more,
});

const itemOf = ({ workflowData }: Pick<HandledDelivery, 'workflowData'>) =>
	workflowData?.[0]?.[0]?.json;

describe('a genuine delivery', () => {
	it('starts the workflow with one item, in the documented form', async () => {
		const body = completed({
			workflowReference: 'company-check',
			workflowDefinitionId: definitions.completesSoon,
		});
		const outcome = await receive(await signed(body));
		expect(outcome).toMatchObject({ status: 200, body: 'OK' });
		expect(itemOf(outcome)).toEqual({
			eventId: expect.stringMatching(/^[0-9a-f]{64}$/),
			event: 'completed',
			outcome: 'completed',
			workflowId: body.workflowId,
			caseId: 'case-1',
			recordId: null,
			status: 'COMPLETED',
			reference: 'company-check',
			workflowDefinitionId: definitions.completesSoon,
			receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
			signature: { verified: true, keyId: expect.any(String) },
			confirmed: false,
			payload: body,
		});
	});

	it.each(['flat', 'nested', 'bare'])(
		'of a real run is accepted, with a body of the shape %s',
		async (webhookShape) => {
			const receiver = await startReceiver({
				nodeType: new TransactionLinkTrigger(),
				credential: account.credential(),
			});
			await account.set({ webhookShape, webhookAddress: receiver.url });
			const { output } = await account.run({
				resource: 'workflow',
				operation: 'run',
				workflowDefinitionId: definitions.completesSoon,
				caseId: await account.newCase(),
			});
			const handled = await receiver.next();
			await receiver.close();
			expect(itemOf(handled)).toMatchObject({
				event: 'completed',
				workflowId: output[0]?.[0]?.json['id'],
				status: 'COMPLETED',
				signature: { verified: true },
			});
		},
	);

	it('may be signed over the raw body', async () => {
		await account.set({ unencodedPayload: true });
		expect((await receive(await signed(completed()))).workflowData).toBeDefined();
	});

	it('is accepted with the new key after a rotation, and with the old one', async () => {
		const before = await signed(completed());
		await account.sandbox.control.post('/keys/rotate');
		expect((await receive(await signed(completed()))).workflowData).toBeDefined();
		expect((await receive(before)).workflowData).toBeDefined();
	});

	it('fetches its key once, also for simultaneous deliveries', async () => {
		await account.sandbox.control.post('/keys/rotate');
		const deliveries = await Promise.all(
			Array.from({ length: 10 }, async () => await signed(completed())),
		);
		const outcomes = await Promise.all(deliveries.map(async (delivery) => await receive(delivery)));
		expect(outcomes.every(({ workflowData }) => workflowData !== undefined)).toBe(true);
		expect(await account.requests('getWebhookKey')).toHaveLength(1);
	});

	it.each([
		['an empty body', '', null],
		['null', 'null', null],
		['a list', '[1]', [1]],
		['a text', '"hello"', 'hello'],
		['a number', '7', 7],
	])('with %s starts the workflow as unrecognized, with its payload', async (_, body, payload) => {
		const outcome = await receive(await signed(body), { options: { ignoreDuplicates: false } });
		expect(outcome.status).toBe(200);
		expect(itemOf(outcome)).toMatchObject({ payload, workflowId: null, event: 'unrecognized' });
	});
});

describe('a delivery that is not for this workflow', () => {
	it('gets a 200 and starts nothing if its event was not chosen', async () => {
		const outcome = await receive(await signed(completed({ status: 'AWAITING' })));
		expect(outcome).toMatchObject({ status: 200, body: 'OK' });
		expect(outcome.workflowData).toBeUndefined();
	});

	it.each([
		['company-check', true],
		[' Company-Check , other', true],
		[definitions.completesSoon, true],
		['other', false],
	])('is filtered by the definitions "%s": %s', async (workflowDefinition, isStarted) => {
		const body = completed({
			workflowReference: 'company-check',
			workflowDefinitionId: definitions.completesSoon,
		});
		const outcome = await receive(await signed(body), { options: { workflowDefinition } });
		expect(outcome.status).toBe(200);
		expect(outcome.workflowData !== undefined).toBe(isStarted);
	});
});

describe('a delivery that TransactionLink did not send', () => {
	it.each<[string, (delivery: Delivery) => Delivery]>([
		['without a signature', ({ rawBody }) => ({ rawBody, headers: json })],
		[
			'with an invalid signature',
			({ rawBody }) => ({ rawBody, headers: { ...json, 'jws-signature': 'garbage' } }),
		],
		[
			'with a changed body',
			({ rawBody, headers = {} }) => ({
				headers,
				rawBody: Buffer.from(rawBody.toString().replace('run-', 'ran-')),
			}),
		],
		[
			'with a reformatted body',
			({ rawBody, headers = {} }) => ({
				headers,
				rawBody: Buffer.from(JSON.stringify(JSON.parse(rawBody.toString()), null, 1)),
			}),
		],
		[
			'with an unknown key',
			({ rawBody, headers = {} }) => ({
				rawBody,
				headers: {
					...headers,
					'jws-signature': String(headers['jws-signature']).replace(
						/^[^.]+/,
						Buffer.from('{"alg":"RS256","kid":"00000000-0000-4000-8000-000000000000"}').toString(
							'base64url',
						),
					),
				},
			}),
		],
	])('%s gets a 401 without the reason, and starts nothing', async (_, forge) => {
		const outcome = await receive(forge(await signed(completed())));
		expect(outcome).toMatchObject({ status: 401, body: 'Unauthorized' });
		expect(outcome.workflowData).toBeUndefined();
	});

	it('fetches an unknown key once, not each time', async () => {
		const header = Buffer.from(
			'{"alg":"RS256","kid":"00000000-0000-4000-8000-000000000001"}',
		).toString('base64url');
		for (let count = 0; count < 5; count += 1) {
			expect(
				(
					await receive({
						rawBody: Buffer.from('{}'),
						headers: { ...json, 'jws-signature': `${header}..AAAA` },
					})
				).status,
			).toBe(401);
		}
		expect(await account.requests('getWebhookKey')).toHaveLength(1);
	});

	it('is accepted as unverified when Verify Signature is off', async () => {
		const outcome = await receive(
			{ rawBody: Buffer.from(JSON.stringify(completed())), headers: json },
			{ options: { verifySignature: false } },
		);
		expect(itemOf(outcome)).toMatchObject({ signature: { verified: false, keyId: null } });
	});
});

describe('a delivery that needs a request to TransactionLink', () => {
	it('gets a 503 when the key is unavailable', async () => {
		await account.sandbox.control.post('/keys/rotate');
		const delivery = await signed(completed());
		await account.fault({ operationId: 'getWebhookKey', kind: 'status', status: 500, times: 2 });
		expect(await receive(delivery)).toMatchObject({ status: 503, body: 'Service Unavailable' });
		expect((await receive(delivery)).workflowData).toBeDefined();
	});

	it('gets a 503 when its missing status is unavailable', async () => {
		const { output } = await account.run({
			resource: 'workflow',
			operation: 'run',
			workflowDefinitionId: definitions.takesAMinute,
			caseId: await account.newCase(),
		});
		const delivery = await signed({ executionId: output[0]?.[0]?.json['id'] });
		await account.fault({ operationId: 'getWorkflow', kind: 'status', status: 500, times: 2 });
		expect((await receive(delivery)).status).toBe(503);
		expect((await receive(delivery, { events: ['statusChanged'] })).workflowData).toBeDefined();
	});

	it.each<[string, Record<string, unknown>]>([
		['the credential has no permission', { kind: 'status', status: 403 }],
		['a proxy responds 520', { kind: 'status', status: 520 }],
		['the response is malformed', { kind: 'malformed' }],
	])('gets a 503 instead of counting as a change of status when %s', async (_, fault) => {
		const { output } = await account.run({
			resource: 'workflow',
			operation: 'run',
			workflowDefinitionId: definitions.takesAMinute,
			caseId: await account.newCase(),
		});
		const delivery = await signed({ executionId: output[0]?.[0]?.json['id'] });
		await account.fault({ operationId: 'getWorkflow', times: 20, ...fault });
		expect((await receive(delivery)).status).toBe(503);
	});

	it('is not delayed if its run is unknown', async () => {
		expect(
			(await receive(await signed({ executionId: '00000000-0000-4000-8000-00000000000b' }))).status,
		).toBe(200);
	});

	it.each([
		[1024, 503],
		[2048, 200],
	])('whose key has %d bits gets a %d', async (modulusLength, status) => {
		const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength });
		const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
		const keyServer = await startLocalServer(() => ({
			status: 200,
			headers: { 'content-type': 'text/plain' },
			body: pem,
		}));
		const otherServer = account.credential({
			authentication: 'organizationToken',
			organizationToken: 'tot_sandbox',
			baseUrl: keyServer.url,
		});
		const rawBody = Buffer.from(JSON.stringify(completed()));
		const header = Buffer.from(
			'{"alg":"RS256","kid":"00000000-0000-4000-8000-00000000000a"}',
		).toString('base64url');
		const bytes = sign(
			'sha256',
			Buffer.from(`${header}.${rawBody.toString('base64url')}`),
			privateKey,
		);
		const outcome = await deliver({
			nodeType: new TransactionLinkTrigger(),
			credential: otherServer,
			parameters: unconfirmed(),
			rawBody,
			headers: { ...json, 'jws-signature': `${header}..${bytes.toString('base64url')}` },
		});
		await keyServer.close();
		expect(outcome.status).toBe(status);
	});

	it('gets a 503 when the credential cannot be used', async () => {
		const unusable = account.credential({ baseUrl: 'http://example.com' });
		const outcome = await deliver({
			nodeType: new TransactionLinkTrigger(),
			credential: unusable,
			parameters: unconfirmed(),
			...(await signed(completed())),
		});
		expect(outcome.status).toBe(503);
	});
});

describe('repeats of the same event', () => {
	it('start one execution, also when six arrive at the same moment', async () => {
		const receiver = await startReceiver({
			nodeType: new TransactionLinkTrigger(),
			credential: account.credential(),
			parameters: unconfirmed(),
		});
		const delivery = await signed(completed());
		const outcomes = await Promise.all(
			Array.from({ length: 6 }, async () => await receiver.deliver(delivery)),
		);
		outcomes.push(await receiver.deliver(delivery));
		await receiver.close();
		expect(outcomes.map(({ status }) => status)).toEqual(Array.from({ length: 7 }, () => 200));
		expect(outcomes.filter(({ workflowData }) => workflowData !== undefined)).toHaveLength(1);
	});

	it('start one execution if n8n did not accept the first delivery', async () => {
		let count = 0;
		const receiver = await startReceiver({
			nodeType: new TransactionLinkTrigger(),
			credential: account.credential(),
			parameters: unconfirmed(),
			startExecution: () => {
				count += 1;
				if (count === 1) throw new Error('the database is unavailable');
			},
		});
		const delivery = await signed(completed());
		const first = await receiver.deliver(delivery);
		const second = await receiver.deliver(delivery);
		await receiver.close();
		expect(first.status).toBe(500);
		expect(second.status).toBe(200);
		expect(count).toBe(2);
	});

	it('start one execution each when Ignore Duplicates is off', async () => {
		const delivery = await signed(completed());
		const parameters = { options: { ignoreDuplicates: false } };
		expect((await receive(delivery, parameters)).workflowData).toBeDefined();
		expect((await receive(delivery, parameters)).workflowData).toBeDefined();
	});

	it('start the workflow each time while a user listens for a test event', async () => {
		const delivery = {
			...(await signed(completed())),
			nodeType: new TransactionLinkTrigger(),
			credential: account.credential(),
			parameters: unconfirmed(),
			mode: 'manual' as const,
		};
		expect((await deliver(delivery)).workflowData).toBeDefined();
		expect((await deliver(delivery)).workflowData).toBeDefined();
	});
});

describe('the result of a run', () => {
	const withResult = { options: { includeResult: true } };

	it('is in the item if Include Result is on', async () => {
		const receiver = await startReceiver({
			nodeType: new TransactionLinkTrigger(),
			credential: account.credential(),
			parameters: withResult,
		});
		await account.set({ webhookAddress: receiver.url });
		await account.run({
			resource: 'workflow',
			operation: 'run',
			workflowDefinitionId: definitions.completesSoon,
			caseId: await account.newCase(),
		});
		const handled = await receiver.next();
		await receiver.close();
		expect(itemOf(handled)).toMatchObject({ result: { partyDetails: expect.any(Object) } });
	});

	it('is in the item if it appears a moment later', async () => {
		const { output } = await account.run({
			resource: 'workflow',
			operation: 'run',
			workflowDefinitionId: definitions.completesSoon,
			caseId: await account.newCase(),
			waitForCompletion: true,
		});
		await account.fault({
			operationId: 'getWorkflowResult',
			kind: 'status',
			status: 404,
			times: 2,
		});
		const outcome = await receive(
			await signed(completed({ workflowId: output[0]?.[0]?.json['id'] })),
			withResult,
		);
		expect(itemOf(outcome)).toMatchObject({ result: { partyDetails: expect.any(Object) } });
	});

	it('does not prevent the event when it is unavailable', async () => {
		const outcome = await receive(await signed(completed()), withResult);
		expect(itemOf(outcome)).toMatchObject({
			event: 'completed',
			result: null,
			resultError: expect.stringMatching(/^TransactionLink has no run/),
		});
	});

	it('does not delay the event beyond its deadline', async () => {
		await account.fault({
			operationId: 'getWorkflowResult',
			kind: 'delay',
			delayMs: 20_000,
			times: 4,
		});
		const outcome = await receive(await signed(completed()), withResult);
		expect(itemOf(outcome)).toMatchObject({
			event: 'completed',
			result: null,
			resultError: expect.stringContaining('TransactionLink did not'),
		});
	});
});

it('sends no request when the workflow is published', async () => {
	const otherServer = await startLocalServer(() => ({ status: 500 }));
	const options = {
		nodeType: new TransactionLinkTrigger(),
		credential: account.credential({ baseUrl: otherServer.url }),
	};
	for (const method of ['checkExists', 'create', 'delete'] as const)
		expect(await callSetupMethod(method, options)).toBe(true);
	await otherServer.close();
	expect(otherServer.requests).toHaveLength(0);
});
