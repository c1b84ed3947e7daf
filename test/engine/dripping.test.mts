// A response that arrives a byte at a time does not delay the node beyond its deadlines or a cancellation.

import type { INodeParameters } from 'n8n-workflow';
import { SAMPLE_TABLE } from '../../sandbox/definitions.mts';
import { openAccount, type Account } from './account.mts';
import { everyOperation, itemWithFile } from './every-operation.mts';
import { rowsOf } from '../long-proofs.mts';
import { TransactionLinkTrigger } from '../../nodes/TransactionLinkTrigger/TransactionLinkTrigger.node.ts';
import { deliver, type InputItem, type StartedRun } from './harness/index.mts';

let account: Account;
beforeAll(async () => {
	account = await openAccount();
});

const id = SAMPLE_TABLE.id;
const operations = everyOperation({
	caseId: id,
	recordId: id,
	attachmentId: id,
	workflowId: id,
}).map(({ parameters }) => parameters);
const createCase = { resource: 'case', operation: 'create', additionalFields: {} };

let items: InputItem[];
beforeAll(async () => {
	items = [await itemWithFile()];
});

const startOperation = (
	parameters: INodeParameters,
	credential = account.credential(),
): StartedRun => account.start(parameters, { credential, items });

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
		...operations.map((parameters) => startOperation(parameters, organizationCredential())),
		startOperation(createCase),
	],
	maxSeconds: 75,
};

it.each(rowsOf([waitCase, everyOperationCase], [waitCase]))(
	'$name while responses arrive a byte at a time',
	async ({ name, start, maxSeconds }) => {
		await account.reset();
		await account.run({ resource: 'case', operation: 'get', caseId: id });
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
		const runs = [...operations, wait].map((parameters) =>
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
		const runs = [startOperation(createCase, credential)];
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
	expect(await account.requests('getWebhookKey')).toHaveLength(2);
	expect((await receive()).status).toBe(200);
});
