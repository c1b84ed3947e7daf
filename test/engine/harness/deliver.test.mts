// The harness treats a delivery as n8n's webhook server does.

import { createCredentialStore } from './credential-store.mts';
import { deliver } from './deliver.mts';
import { ExampleCredential } from './example/example-credential.mts';
import { ExampleTrigger } from './example/example-trigger.mts';
import { startReceiver } from './receiver.mts';

const nodeType = new ExampleTrigger();
const bytes = (body: object) => Buffer.from(JSON.stringify(body));

test('starts an execution with the raw bytes and sends the response of the description', async () => {
	const rawBody = Buffer.from('{ "action" : "readCredential", "name": "Zoë" }');
	const credential = createCredentialStore(new ExampleCredential(), { key: 'mine' });
	const outcome = await deliver({ nodeType, parameters: { greeting: 'Hi' }, credential, rawBody });

	expect(outcome).toMatchObject({ status: 200, body: 'Thank you', noWebhookResponse: false });
	expect(outcome.workflowData?.[0]?.[0]?.json).toEqual({
		greeting: 'Hi',
		raw: rawBody.toString(),
		mode: 'webhook',
		url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/webhook\/[-0-9a-f]{36}\/webhook$/),
		key: 'mine',
	});
	expect(credential.reads).toBe(1);
});

test('lets the trigger send its own response', async () => {
	const outcome = await deliver({ nodeType, rawBody: bytes({ action: 'reject' }) });

	expect(outcome).toMatchObject({
		status: 401,
		headers: { 'x-reason': 'test' },
		body: '{"rejected":true}',
		noWebhookResponse: true,
	});
	expect(outcome.workflowData).toBeUndefined();
});

test("responds 200 with the trigger's text, without an execution", async () => {
	const outcome = await deliver({ nodeType, rawBody: bytes({ action: 'ignore' }) });

	expect(outcome).toMatchObject({ status: 200, body: 'Ignored' });
	expect(outcome.workflowData).toBeUndefined();
});

test('responds 500 when the trigger throws', async () => {
	const outcome = await deliver({ nodeType, rawBody: bytes({ action: 'throw' }) });

	expect(outcome).toMatchObject({
		status: 500,
		body: expect.stringContaining('Workflow could not be started'),
		error: { name: 'NodeOperationError', message: 'Invalid delivery' },
	});
});

test('passes an empty body and the JSON value null to the trigger', async () => {
	expect(await deliver({ nodeType, rawBody: Buffer.alloc(0) })).toMatchObject({
		status: 500,
		error: {},
	});
	expect(await deliver({ nodeType, rawBody: Buffer.from('null') })).toMatchObject({
		status: 500,
		error: {},
	});
});

test('does not pass invalid JSON to the trigger', async () => {
	const outcome = await deliver({ nodeType, rawBody: Buffer.from('{"action":') });

	expect(outcome.status).toBe(422);
});

test('disconnects the sender if the trigger sends no response', async () => {
	await expect(deliver({ nodeType, rawBody: bytes({ action: 'sendNoResponse' }) })).rejects.toThrow(
		'socket hang up',
	);
});

test('does not pass a request with another method to the trigger', async () => {
	expect(await deliver({ nodeType, rawBody: bytes({}), method: 'PUT' })).toMatchObject({
		status: 404,
	});
});

test('keeps the state of the trigger module, including changes after a response', async () => {
	let isDatabaseFull = true;
	const receiver = await startReceiver({
		nodeType,
		startExecution: () => {
			if (isDatabaseFull) throw new Error('The database is full');
		},
	});
	try {
		const statusOf = async () => (await receiver.deliver({ rawBody: bytes({ id: 'a' }) })).status;
		expect(await statusOf()).toBe(500);
		isDatabaseFull = false;
		expect(await statusOf()).toBe(200);
		expect(await receiver.deliver({ rawBody: bytes({ id: 'a' }) })).toMatchObject({
			status: 200,
			body: 'Ignored',
		});
		expect(receiver.handled.map(({ workflowData }) => workflowData?.length)).toEqual([
			undefined,
			1,
			undefined,
		]);
	} finally {
		await receiver.close();
	}
});

test('accepts deliveries from any sender', async () => {
	const receiver = await startReceiver({ nodeType, mode: 'manual' });
	try {
		const next = receiver.next();
		const headers = { 'content-type': 'application/json' };
		const response = await fetch(receiver.url, {
			method: 'POST',
			headers,
			body: '{"action":"start"}',
		});

		expect(await response.text()).toBe('Thank you');
		expect((await next).workflowData?.[0]?.[0]?.json).toMatchObject({
			raw: '{"action":"start"}',
			mode: 'manual',
		});
	} finally {
		await receiver.close();
	}
});
