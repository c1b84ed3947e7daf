// The trigger finds run, status and event in every plausible shape of a body, and loses no verified delivery.

import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { TransactionLinkTrigger } from '../../nodes/TransactionLinkTrigger/TransactionLinkTrigger.node.ts';
import { openAccount, type Account } from './account.mts';
import { startReceiver, type DeliveryOutcome, type Receiver } from './harness/index.mts';

let account: Account;
let receiver: Receiver;
beforeAll(async () => {
	account = await openAccount();
	receiver = await startReceiver({
		nodeType: new TransactionLinkTrigger(),
		credential: account.credential(),
		parameters: {
			events: ['awaiting', 'completed', 'failed', 'statusChanged', 'unrecognized'],
			options: { confirmRun: false, ignoreDuplicates: false },
		},
	});
});
afterAll(async () => await receiver.close());

async function sign(bytes: Buffer): Promise<string> {
	const body = bytes.toString('base64');
	const { data } = await account.sandbox.control.post<{ signature: string }>('/sign', {
		body,
		encoding: 'base64',
	});
	return data.signature;
}

async function receive(body: unknown, contentType = 'application/json'): Promise<DeliveryOutcome> {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const rawBody = Buffer.isBuffer(body) ? body : Buffer.from(text);
	return await receiver.deliver({
		rawBody,
		headers: { 'content-type': contentType, 'jws-signature': await sign(rawBody) },
	});
}

/** The event, outcome, run and status of each item, in one line each. */
const summaryOf = ({ workflowData }: DeliveryOutcome): string[] =>
	(workflowData?.[0] ?? []).map(
		({ json: { event, outcome, workflowId, status } }) =>
			`${String(event)} ${String(outcome)} ${String(workflowId)} ${String(status)}`,
	);

const X = 'run-x';
const done = 'completed completed run-x COMPLETED';
const going = 'statusChanged pending run-x RUNNING';
const unknown = 'unrecognized null null null';
const text = (value: unknown): string => JSON.stringify(value);
const utf16 = (value: string): Buffer => Buffer.from(value, 'utf16le');
const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

describe('the items for a body', () => {
	it.each<[name: string, body: unknown, items: string[], contentType?: string]>([
		// Spellings
		['camel case', { workflowId: X, status: 'COMPLETED' }, [done]],
		['snake case', { workflow_id: X, status: 'COMPLETED' }, [done]],
		['kebab case', { 'workflow-id': X, 'workflow-status': 'COMPLETED' }, [done]],
		['upper case', { WORKFLOW_ID: X, STATUS: 'COMPLETED' }, [done]],
		[
			'Pascal case',
			{ WorkflowId: X, Status: 'Completed' },
			['completed completed run-x Completed'],
		],
		['an execution ID', { execution_id: X, state: 'COMPLETED' }, [done]],
		['a bare ID', { id: X, status: 'COMPLETED' }, [done]],
		[
			'a number for an ID',
			{ workflowId: 7, status: 'RUNNING' },
			['statusChanged pending 7 RUNNING'],
		],
		[
			'an ID beyond 2^53',
			'{"workflowId":12345678901234567891,"status":"COMPLETED"}',
			['completed completed 12345678901234567891 COMPLETED'],
		],
		['blanks around a status', { workflowId: X, status: ' COMPLETED ' }, [done]],
		['a status object', { workflowId: X, status: { code: 'COMPLETED' } }, [done]],
		// Envelopes
		['data', { data: { workflowId: X, status: 'COMPLETED' } }, [done]],
		['data in a payload', { payload: { data: { id: X, status: 'COMPLETED' } } }, [done]],
		['event and workflow', { event: { workflow: { id: X, status: 'COMPLETED' } } }, [done]],
		[
			'execution next to workflow',
			{ workflow: { id: 'd' }, execution: { id: X, status: 'COMPLETED' } },
			[done],
		],
		[
			'a message ID next to data',
			{ id: 'm', data: { executionId: X, status: 'COMPLETED' } },
			[done],
		],
		[
			'a message ID and no run',
			{ id: 'm', data: { status: 'COMPLETED' } },
			['completed completed null COMPLETED'],
		],
		['JSON text in data', { data: text({ workflowId: X, status: 'COMPLETED' }) }, [done]],
		['JSON text as a whole', text(text({ workflowId: X, status: 'COMPLETED' })), [done]],
		[
			'a queue message',
			{ Type: 'Notification', Message: text({ workflowId: X, status: 'COMPLETED' }) },
			[done],
		],
		[
			'a cloud event',
			{
				specversion: '1.0',
				id: 'm',
				type: 'workflow.completed',
				data: { workflowId: X, status: 'COMPLETED' },
			},
			[done],
		],
		// Statuses of the message
		['status "ok" outside', { status: 'ok', data: { workflowId: X, status: 'RUNNING' } }, [going]],
		['status 200 outside', { status: 200, data: { workflowId: X, status: 'COMPLETED' } }, [done]],
		[
			'status "success" outside',
			{ status: 'success', payload: { id: X, state: 'RUNNING' } },
			[going],
		],
		[
			'the state of an address',
			{ workflowId: X, data: { state: 'Texas', status: 'COMPLETED' } },
			[done],
		],
		// Lists
		[
			'a list',
			[
				{ workflowId: 'a', status: 'COMPLETED' },
				{ workflowId: 'b', status: 'FAILED' },
			],
			['completed completed a COMPLETED', 'failed failed b FAILED'],
		],
		['a list of one', [{ workflowId: X, status: 'COMPLETED' }], [done]],
		[
			'a list in events',
			{
				events: [
					{ workflowId: X, status: 'RUNNING' },
					{ workflowId: X, status: 'COMPLETED' },
				],
			},
			[going, done],
		],
		[
			'a list in data, named outside',
			{ event: 'workflow.completed', data: [{ workflowId: 'a' }, { workflowId: 'b' }] },
			['completed completed a null', 'completed completed b null'],
		],
		['a list as JSON text', { data: text([{ workflowId: X, status: 'COMPLETED' }]) }, [done]],
		['a list with a stranger', [{ workflowId: X, status: 'COMPLETED' }, 7], [done, unknown]],
		[
			'the history of one run',
			{ workflowId: X, status: 'RUNNING', events: [{ type: 'step.completed' }] },
			[going],
		],
		// Words
		[
			'step.completed while running',
			{ event: 'step.completed', workflowId: X, status: 'RUNNING' },
			[going],
		],
		[
			'workflow.completed while running',
			{ event: 'workflow.completed', workflowId: X, status: 'RUNNING' },
			[going],
		],
		[
			'completed in a known end',
			{ event: 'workflow.completed', workflowId: X, status: 'CANCELLED' },
			['failed failed run-x CANCELLED'],
		],
		[
			'completed with an unknown status',
			{ event: 'WorkflowCompleted', workflowId: X, status: 'APPROVED' },
			['completed completed run-x APPROVED'],
		],
		[
			'an unknown status',
			{ workflowId: X, status: 'SOMETHING_NEW' },
			['statusChanged pending run-x SOMETHING_NEW'],
		],
		[
			'awaiting',
			{ type: 'workflow.awaiting', workflowId: X, status: 'AWAITING' },
			['awaiting pending run-x AWAITING'],
		],
		['completed without a run', { event: 'workflow.completed' }, ['completed completed null null']],
		[
			'failed without a status',
			{ event: 'workflow_failed', workflowId: X },
			['failed failed run-x null'],
		],
		['incomplete', { event: 'workflow.incomplete' }, [unknown]],
		['not_completed', { event: 'not_completed' }, [unknown]],
		['completion_failed', { event: 'completion_failed' }, [unknown]],
		['awaiting_completion', { event: 'awaiting_completion' }, ['awaiting pending null null']],
		['a step without a status', { event: 'workflow.step.completed' }, [unknown]],
		['a changed status', { event: 'workflow.statusChanged' }, ['statusChanged null null null']],
		// Anything else
		['nothing', '', [unknown]],
		['null', 'null', [unknown]],
		['a ping', { event: 'ping' }, [unknown]],
		['numbers', '[1,2]', [unknown]],
		['an empty object', {}, [unknown]],
		['names of a prototype', '{"__proto__":{"workflowId":"x"},"constructor":1}', [unknown]],
		[
			'a path for an ID',
			{ workflowId: '../cases', status: 'COMPLETED' },
			['completed completed null COMPLETED'],
		],
		[
			'250,000 values',
			{ workflowId: X, status: 'COMPLETED', values: Array.from({ length: 250_000 }, () => 1) },
			[done],
		],
		['5,000 levels', `{"workflowId":"${X}","status":"COMPLETED","deep":${nested(5_000)}}`, [done]],
		[
			'a text of 9 MB',
			{ workflowId: X, status: 'COMPLETED', photo: 'x\\"'.repeat(3_000_000) },
			[done],
		],
		// Encodings
		['a byte order mark', `\uFEFF${text({ workflowId: X, status: 'COMPLETED' })}`, [done]],
		[
			'UTF-16',
			utf16(text({ workflowId: X, status: 'COMPLETED' })),
			[done],
			'text/plain; charset=utf-16le',
		],
		[
			'UTF-16 with a mark',
			utf16(`\uFEFF${text({ workflowId: X, status: 'COMPLETED' })}`),
			[done],
			'text/plain',
		],
		[
			'Latin-1',
			Buffer.from(text({ workflowId: X, status: 'COMPLETED', name: 'Värm' }), 'latin1'),
			[done],
			'text/plain; charset=iso-8859-1',
		],
		['plain text', 'COMPLETED', [unknown], 'text/plain'],
	])('%s', async (...[, body, items, contentType]) => {
		const outcome = await receive(body, contentType);
		expect(outcome.status).toBe(200);
		expect(summaryOf(outcome)).toEqual(items);
	});
});

it('keeps the digits of numbers that JavaScript would round', async () => {
	const outcome = await receive(
		'{"id":"x","a":9007199254740993,"b":0.1,"c":1234567890123.456789,"d":1e400,"e":1.50,"f":"9007199254740993","g":-0}',
	);
	expect(outcome.workflowData?.[0]?.[0]?.json['payload']).toEqual({
		id: 'x',
		a: '9007199254740993',
		b: 0.1,
		c: '1234567890123.456789',
		d: '1e400',
		e: 1.5,
		f: '9007199254740993',
		g: -0,
	});
});

it('gives all items of one delivery the same time and signature, and each its own event ID', async () => {
	const [a, b] = [randomUUID(), randomUUID()];
	const { workflowData } = await receive([
		{ workflowId: a, status: 'COMPLETED' },
		{ workflowId: b, status: 'COMPLETED' },
	]);
	const [first, second] = (workflowData?.[0] ?? []).map(({ json }) => json);
	expect(first?.['receivedAt']).toBe(second?.['receivedAt']);
	expect(first?.['signature']).toEqual(second?.['signature']);
	expect(first?.['eventId']).not.toBe(second?.['eventId']);
	expect(first?.['payload']).toEqual({ workflowId: a, status: 'COMPLETED' });
	const alone = await receive({ workflowId: a, status: 'COMPLETED', attempt: 2 });
	expect(alone.workflowData?.[0]?.[0]?.json['eventId']).toBe(first?.['eventId']);
});

it('never drops a verified delivery silently, whatever its body', async () => {
	const defaults = await startReceiver({
		nodeType: new TransactionLinkTrigger(),
		credential: account.credential(),
		parameters: {
			options: { confirmRun: false, ignoreDuplicates: false, workflowDefinition: 'company-check' },
		},
	});
	const words = fc.constantFrom<unknown>(
		'COMPLETED',
		'RUNNING',
		'ok',
		200,
		'step.completed',
		null,
		{},
		[],
	);
	const names = fc.constantFrom(
		'workflow_id',
		'id',
		'status',
		'event',
		'type',
		'reference',
		'data',
		'events',
	);
	const small = fc.dictionary(names, fc.oneof(words, fc.string(), fc.double({ noNaN: true })));
	const body = fc.oneof(
		fc.dictionary(
			names,
			fc.oneof(
				words,
				small,
				fc.array(small),
				small.map((value) => text(value)),
			),
		),
		fc.array(small),
		fc.jsonValue(),
	);
	try {
		await fc.assert(
			fc.asyncProperty(body, async (value) => {
				const rawBody = Buffer.from(text(value));
				const { status, workflowData, log } = await defaults.deliver({
					rawBody,
					headers: { 'jws-signature': await sign(rawBody) },
				});
				const started = new Set((workflowData?.[0] ?? []).map(({ json }) => json['eventId']));
				const isFiltered = log.some((line) => line.includes('not chosen'));
				expect(started.size > 0 || status >= 500 || (status === 200 && isFiltered)).toBe(true);
				if (status >= 500) return;
				// Only an event that was understood can be one that the user did not choose.
				for (const { json } of (await receive(rawBody)).workflowData?.[0] ?? []) {
					const { status: runStatus, reference, workflowDefinitionId } = json;
					const isNamed = /completed|running/i.test(text(value));
					const isUnderstood = isNamed || (runStatus ?? reference ?? workflowDefinitionId) !== null;
					expect(started.has(json['eventId']) || isUnderstood).toBe(true);
				}
			}),
			{ numRuns: 300 },
		);
	} finally {
		await defaults.close();
	}
});
