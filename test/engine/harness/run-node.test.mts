// The harness runs a node as an execution of n8n does: items, failures, credentials, cancellation.

import { createCredentialStore } from './credential-store.mts';
import { ExampleCredential } from './example/example-credential.mts';
import { ExampleNode } from './example/example-node.mts';
import {
	startLocalServer,
	type CannedResponse,
	type ReceivedRequest,
	type LocalServer,
} from './local-server.mts';
import { errorOf } from './run-outcome.mts';
import { runNode, startRun } from './run-node.mts';

const nodeType = new ExampleNode();
const perItem = { path: '={{ $json.path }}' };

let validToken: string;
let exchanges: number;
let reportPendingRequest: () => void;
const nextPendingRequest = () => new Promise<void>((resolve) => (reportPendingRequest = resolve));

const responses: Record<
	string,
	(request: ReceivedRequest) => CannedResponse | Promise<CannedResponse>
> = {
	'/token': () => {
		exchanges += 1;
		validToken = `token ${exchanges}`;
		return { body: { token: validToken } };
	},
	'/conflict': () => ({ status: 409, body: { reason: 'exists' } }),
	'/elsewhere': () => ({ status: 302, headers: { location: '/ok' }, body: {} }),
	'/never': () => {
		reportPendingRequest();
		return new Promise(() => undefined);
	},
};

let server: LocalServer;
beforeAll(async () => {
	server = await startLocalServer((request) => {
		const respond = responses[request.path];
		if (respond !== undefined) return respond(request);
		if (request.headers.authorization !== `Bearer ${validToken}`) return { status: 401, body: {} };
		return { body: { path: request.path } };
	});
});
afterAll(() => server.close());
beforeEach(() => {
	validToken = 'known';
	exchanges = 0;
	server.requests.length = 0;
});

const credentialWith = (accessToken: string) =>
	createCredentialStore(new ExampleCredential(), {
		baseUrl: server.url,
		key: 'secret',
		accessToken,
	});

test('runs once per item, over HTTP, and pairs each output item with its input', async () => {
	const outcome = await runNode({
		nodeType,
		parameters: perItem,
		items: [{ path: '/a' }, { json: { path: '/b' } }],
		credential: credentialWith('known'),
		executionId: '77',
	});

	expect(outcome).toEqual({
		status: 'success',
		hints: [],
		output: [
			[
				{
					json: { statusCode: 200, body: { path: '/a' }, executionId: '77' },
					pairedItem: { item: 0 },
				},
				{
					json: { statusCode: 200, body: { path: '/b' }, executionId: '77' },
					pairedItem: { item: 1 },
				},
			],
		],
	});
	expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
		'Bearer known',
		'Bearer known',
	]);
});

test('returns the error that stopped the execution', async () => {
	const outcome = await runNode({
		nodeType,
		parameters: perItem,
		items: [{ path: '/a' }, { path: '/conflict' }, { path: '/b' }],
		credential: credentialWith('known'),
	});

	expect(outcome.status).toBe('error');
	expect(outcome.output).toEqual([]);
	expect(errorOf(outcome)).toMatchObject({
		name: 'NodeApiError',
		message: 'The server rejected /conflict',
		description: 'The reason of the server',
		httpCode: '409',
		context: { itemIndex: 1 },
	});
	expect(server.requests).toHaveLength(2);
});

test('outputs the failed item among the others when the node continues', async () => {
	const { status, output } = await runNode({
		nodeType,
		parameters: perItem,
		items: [{ path: '/conflict' }, { path: '/b' }],
		credential: credentialWith('known'),
		onError: 'continueRegularOutput',
	});

	expect(status).toBe('success');
	expect(output).toMatchObject([
		[
			{
				json: { error: 'The server rejected /conflict' },
				error: { httpCode: '409' },
				pairedItem: { item: 0 },
			},
			{ json: { body: { path: '/b' } } },
		],
	]);
});

test('sends failed items to the error output', async () => {
	const { status, output } = await runNode({
		nodeType,
		parameters: perItem,
		items: [{ path: '/conflict' }, { path: '/b' }],
		credential: credentialWith('known'),
		onError: 'continueErrorOutput',
	});

	expect(status).toBe('success');
	expect(output).toMatchObject([
		[{ json: { body: { path: '/b' } }, pairedItem: { item: 1 } }],
		[
			{
				json: { error: 'The server rejected /conflict' },
				error: { httpCode: '409' },
				pairedItem: { item: 0 },
			},
		],
	]);
});

test('does not start a node whose required field is empty', async () => {
	const outcome = await runNode({
		nodeType,
		parameters: { path: '' },
		credential: credentialWith('known'),
	});

	expect(outcome.status).toBe('error');
	expect(errorOf(outcome)).toMatchObject({ name: 'WorkflowHasIssuesError' });
	expect(server.requests).toEqual([]);
});

test('returns an error when the node has no credential', async () => {
	const outcome = await runNode({ nodeType, parameters: { path: '/a' } });

	expect(errorOf(outcome).message).toBe('Node does not have any credentials set');
	expect(server.requests).toEqual([]);
});

test('returns a redirect as a response', async () => {
	const { output } = await runNode({
		nodeType,
		parameters: { path: '/elsewhere' },
		credential: credentialWith('known'),
	});

	expect(output[0]?.[0]?.json).toMatchObject({ statusCode: 302, location: '/ok' });
	expect(server.requests).toHaveLength(1);
});

test('fetches a token when there is none, and stores it', async () => {
	const credential = createCredentialStore(new ExampleCredential(), {
		baseUrl: server.url,
		key: 'secret',
	});
	await runNode({ nodeType, parameters: { path: '/a' }, credential });
	const second = await runNode({ nodeType, parameters: { path: '/a' }, credential });

	expect(second.status).toBe('success');
	expect(exchanges).toBe(1);
	expect(credential.stored()).toEqual({
		baseUrl: server.url,
		key: 'secret',
		accessToken: 'token 1',
	});
	expect([credential.reads, credential.updates]).toEqual([2, 1]);
	expect(server.requests[0]?.body.toString()).toBe('{"key":"secret"}');
});

test('fetches a new token after a 401, unless the node ignores HTTP errors', async () => {
	const credential = credentialWith('revoked');
	const plain = await runNode({ nodeType, parameters: { path: '/a' }, credential });
	expect(plain.output[0]?.[0]?.json).toMatchObject({ statusCode: 401 });
	expect(exchanges).toBe(0);

	const renewed = await runNode({ nodeType, parameters: { path: '/a', renew: true }, credential });
	expect(renewed.output[0]?.[0]?.json).toMatchObject({ statusCode: 200 });
	expect(credential.stored()).toMatchObject({ accessToken: 'token 1' });
	expect(server.requests.map(({ path }) => path)).toEqual(['/a', '/a', '/token', '/a']);
});

test('keeps an expression in a credential field, and resolves it for the request', async () => {
	const credential = createCredentialStore(new ExampleCredential(), {
		baseUrl: '={{ $json.host }}',
		key: 'secret',
	});
	const { status } = await runNode({
		nodeType,
		parameters: { path: '/a' },
		items: [{ host: server.url }],
		credential,
	});

	expect(status).toBe('success');
	expect(credential.stored()).toEqual({
		baseUrl: '={{ $json.host }}',
		key: 'secret',
		accessToken: 'token 1',
	});
});

test('uses a credential that was edited between runs', async () => {
	const credential = credentialWith('revoked');
	credential.edit({ accessToken: 'known' });
	const { output } = await runNode({ nodeType, parameters: { path: '/a' }, credential });

	expect(output[0]?.[0]?.json).toMatchObject({ statusCode: 200 });
	expect(credential.updates).toBe(0);
});

test('cancels a pending request', async () => {
	const pendingRequest = nextPendingRequest();
	const run = startRun({
		nodeType,
		parameters: { path: '/never' },
		credential: credentialWith('known'),
	});
	await pendingRequest;
	run.cancel();

	expect(await run.finished).toMatchObject({ status: 'canceled', output: [] });
});

test('cancels the execution when the signal is aborted', async () => {
	const pendingRequest = nextPendingRequest();
	const controller = new AbortController();
	const run = runNode({
		nodeType,
		parameters: perItem,
		items: [{ path: '/never' }, { path: '/a' }],
		credential: credentialWith('known'),
		abort: controller.signal,
	});
	await pendingRequest;
	controller.abort();

	expect((await run).status).toBe('canceled');
	expect(server.requests).toHaveLength(1);
});
