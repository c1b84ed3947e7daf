// A response that arrives a byte at a time does not delay the node beyond its deadlines or a cancellation.

import { SAMPLE_TABLE } from '../../sandbox/definitions.mts';
import { definitions, openAccount, type Account } from './account.mts';
import { rowsOf } from '../long-proofs.mts';
import { TransactionLinkTrigger } from '../../nodes/TransactionLinkTrigger/TransactionLinkTrigger.node.ts';
import { createBinaryItem, deliver, type InputItem, type StartedRun } from './harness/index.mts';

let account: Account;
beforeAll(async () => {
	account = await openAccount();
});

const id = SAMPLE_TABLE.id;
const recordFields = { tableId: id, recordId: id };
const runFields = { workflowDefinitionId: definitions.completesSoon, caseId: id };
const operations: Record<string, Record<string, string | boolean | object>> = {
	createCase: { resource: 'case', operation: 'create', additionalFields: {} },
	getCase: { resource: 'case', operation: 'get', caseId: id },
	createParameterSet: {
		resource: 'parameters',
		operation: 'create',
		workflowDefinitionId: id,
		specifyParameters: 'json',
		parametersJson: '{}',
	},
	runWorkflow: { resource: 'workflow', operation: 'run', ...runFields },
	startWorkflow: { resource: 'workflow', operation: 'start', ...runFields, locale: 'en' },
	getWorkflow: { resource: 'workflow', operation: 'getStatus', workflowId: id },
	getWorkflowResult: { resource: 'workflow', operation: 'getResult', workflowId: id },
	createLink: { resource: 'link', operation: 'create', linkFor: 'case', ...runFields },
	createWidgetToken: { resource: 'token', operation: 'create', linkFor: 'case', ...runFields },
	getRecord: { resource: 'record', operation: 'get', ...recordFields },
	getAttachments: { resource: 'attachment', operation: 'getMany', ...recordFields },
	sendLink: { resource: 'link', operation: 'send', linkFor: 'case', ...runFields },
	createRecord: {
		resource: 'record',
		operation: 'create',
		...recordFields,
		specifyColumns: 'json',
		columnsJson: '{}',
	},
	uploadFile: { resource: 'file', operation: 'upload' },
	uploadAttachment: { resource: 'attachment', operation: 'upload', ...recordFields },
	getAttachment: { resource: 'attachment', operation: 'get', ...recordFields, attachmentId: id },
};

let items: InputItem[];
beforeAll(async () => {
	const file = { content: Buffer.from('x'), fileName: 'x.txt', mimeType: 'text/plain' };
	items = [await createBinaryItem('data', file)];
});

const startOperation = (parameters: object, credential = account.credential()): StartedRun =>
	account.start({ ...parameters } as never, { credential, items });

async function secondsToFinish(run: StartedRun): Promise<number> {
	const begin = performance.now();
	await run.finished;
	return (performance.now() - begin) / 1_000;
}

/** Resolves when the sandbox has received this number of requests. */
async function requestsReceived(requests: number): Promise<void> {
	let count = 0;
	while (count < requests) {
		const { data } = await account.sandbox.control.get<unknown[]>('/calls');
		count = data.length;
	}
}

async function secondsToCancel(runs: StartedRun[]): Promise<number> {
	const begin = performance.now();
	for (const run of runs) run.cancel();
	const outcomes = await Promise.all(runs.map(async ({ finished }) => await finished));
	expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['canceled']));
	return (performance.now() - begin) / 1_000;
}

const organizationCredential = () =>
	account.credential({
		authentication: 'organizationToken',
		organizationToken: 'tot_sandbox',
	});

const waitCase = {
	name: 'a wait ends at its own deadline',
	start: () => {
		const wait = { resource: 'workflow', operation: 'wait', workflowId: id, maxWaitMinutes: 0.05 };
		return [startOperation(wait, organizationCredential())];
	},
	maxSeconds: 10,
};
const everyOperationCase = {
	name: 'every operation and a sign-in end at their deadlines',
	start: () => [
		...Object.values(operations).map((parameters) =>
			startOperation(parameters, organizationCredential()),
		),
		startOperation(operations.createCase ?? {}),
	],
	maxSeconds: 75,
};

it.each(rowsOf([waitCase, everyOperationCase], [waitCase]))(
	'$name while responses arrive a byte at a time',
	async ({ name, start, maxSeconds }) => {
		await account.reset();
		await account.run(operations.getCase as never);
		await account.fault({ operationId: '*', kind: 'drip', times: 500, every: 1 });
		const longest = Math.max(...(await Promise.all(start().map(secondsToFinish))));
		process.stdout.write(`${name}: ${longest.toFixed(1)} s at most\n`);
		expect(longest).toBeLessThan(maxSeconds);
	},
	110_000,
);

it.each(['chunked', 'head'])(
	'cancelling ends every operation within a second while it gets a dripping response (%s)',
	async (shape) => {
		await account.reset();
		await account.fault({ operationId: '*', kind: 'drip', shape, times: 500 });
		const wait = { resource: 'workflow', operation: 'wait', workflowId: id, maxWaitMinutes: 5 };
		const runs = [...Object.values(operations), wait].map((parameters) =>
			startOperation(parameters, organizationCredential()),
		);
		await requestsReceived(runs.length);
		expect(await secondsToCancel(runs)).toBeLessThan(1);
	},
);

it.each(['chunked', 'head'])(
	'cancelling ends a sign-in with a dripping response within a second (%s)',
	async (shape) => {
		await account.reset();
		await account.fault({ operationId: 'authorize', kind: 'drip', shape, times: 9 });
		// A unique secret, because runs with the same secret would share the sign-in in the background.
		const credential = account.credential({ apiSecret: `sign-in ${shape}` });
		const runs = [startOperation(operations.createCase ?? {}, credential)];
		await requestsReceived(1);
		expect(await secondsToCancel(runs)).toBeLessThan(1);
	},
);

it('a dripping response with a key rejects one delivery with 503, and the next one is accepted', async () => {
	await account.reset();
	const text = JSON.stringify({
		event: 'workflow.completed',
		workflowId: 'r-1',
		status: 'COMPLETED',
	});
	const { data } = await account.sandbox.control.post<{ signature: string }>('/sign', {
		body: text,
	});
	const receive = async () =>
		await deliver({
			nodeType: new TransactionLinkTrigger(),
			credential: account.credential(),
			rawBody: Buffer.from(text),
			headers: { 'content-type': 'application/json', 'jws-signature': data.signature },
		});
	await account.fault({ operationId: 'getWebhookKey', kind: 'drip', times: 2 });
	const begin = performance.now();
	expect((await receive()).status).toBe(503);
	expect(performance.now() - begin).toBeLessThan(10_000);
	expect((await receive()).status).toBe(200);
});
