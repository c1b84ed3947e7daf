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
const completed = 'completed completed run-x COMPLETED';
const running = 'statusChanged pending run-x RUNNING';
const unrecognized = 'unrecognized null null null';
const text = (value: unknown): string => JSON.stringify(value);
const utf16 = (value: string): Buffer => Buffer.from(value, 'utf16le');
const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

describe('the items for a body', () => {
	it.each<[name: string, body: unknown, items: string[], contentType?: string]>([
		// Spellings
		['camel case', { workflowId: X, status: 'COMPLETED' }, [completed]],
		['snake case', { workflow_id: X, status: 'COMPLETED' }, [completed]],
		['kebab case', { 'workflow-id': X, 'workflow-status': 'COMPLETED' }, [completed]],
		['upper case', { WORKFLOW_ID: X, STATUS: 'COMPLETED' }, [completed]],
		[
			'Pascal case',
			{ WorkflowId: X, Status: 'Completed' },
			['completed completed run-x Completed'],
		],
		['an execution ID', { execution_id: X, state: 'COMPLETED' }, [completed]],
		['a bare ID', { id: X, status: 'COMPLETED' }, [completed]],
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
		['blanks around a status', { workflowId: X, status: ' COMPLETED ' }, [completed]],
		['a status object', { workflowId: X, status: { code: 'COMPLETED' } }, [completed]],
		// Envelopes
		['data', { data: { workflowId: X, status: 'COMPLETED' } }, [completed]],
		['data in a payload', { payload: { data: { id: X, status: 'COMPLETED' } } }, [completed]],
		['event and workflow', { event: { workflow: { id: X, status: 'COMPLETED' } } }, [completed]],
		[
			'execution next to workflow',
			{ workflow: { id: 'd' }, execution: { id: X, status: 'COMPLETED' } },
			[completed],
		],
		[
			'a message ID next to data',
			{ id: 'm', data: { executionId: X, status: 'COMPLETED' } },
			[completed],
		],
		[
			'a message ID and no run',
			{ id: 'm', data: { status: 'COMPLETED' } },
			['completed completed null COMPLETED'],
		],
		['JSON text in data', { data: text({ workflowId: X, status: 'COMPLETED' }) }, [completed]],
		['JSON text as a whole', text(text({ workflowId: X, status: 'COMPLETED' })), [completed]],
		[
			'a queue message',
			{ Type: 'Notification', Message: text({ workflowId: X, status: 'COMPLETED' }) },
			[completed],
		],
		[
			'a cloud event',
			{
				specversion: '1.0',
				id: 'm',
				type: 'workflow.completed',
				data: { workflowId: X, status: 'COMPLETED' },
			},
			[completed],
		],
		// Statuses of the message
		[
			'status "ok" outside',
			{ status: 'ok', data: { workflowId: X, status: 'RUNNING' } },
			[running],
		],
		[
			'status 200 outside',
			{ status: 200, data: { workflowId: X, status: 'COMPLETED' } },
			[completed],
		],
		[
			'status "success" outside',
			{ status: 'success', payload: { id: X, state: 'RUNNING' } },
			[running],
		],
		[
			'the state of an address',
			{ workflowId: X, data: { state: 'Texas', status: 'COMPLETED' } },
			[completed],
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
		['a list of one', [{ workflowId: X, status: 'COMPLETED' }], [completed]],
		[
			'a list in events',
			{
				events: [
					{ workflowId: X, status: 'RUNNING' },
					{ workflowId: X, status: 'COMPLETED' },
				],
			},
			[running, completed],
		],
		[
			'a list in data, with the event outside',
			{ event: 'workflow.completed', data: [{ workflowId: 'a' }, { workflowId: 'b' }] },
			['completed completed a null', 'completed completed b null'],
		],
		['a list as JSON text', { data: text([{ workflowId: X, status: 'COMPLETED' }]) }, [completed]],
		[
			'a list with a number',
			[{ workflowId: X, status: 'COMPLETED' }, 7],
			[completed, unrecognized],
		],
		[
			'the history of one run',
			{ workflowId: X, status: 'RUNNING', events: [{ type: 'step.completed' }] },
			[running],
		],
		// Events
		[
			'step.completed while running',
			{ event: 'step.completed', workflowId: X, status: 'RUNNING' },
			[running],
		],
		[
			'workflow.completed while running',
			{ event: 'workflow.completed', workflowId: X, status: 'RUNNING' },
			[running],
		],
		[
			'completed with a failed status',
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
		['incomplete', { event: 'workflow.incomplete' }, [unrecognized]],
		['not_completed', { event: 'not_completed' }, [unrecognized]],
		['completion_failed', { event: 'completion_failed' }, [unrecognized]],
		['awaiting_completion', { event: 'awaiting_completion' }, ['awaiting pending null null']],
		['a step without a status', { event: 'workflow.step.completed' }, [unrecognized]],
		['a changed status', { event: 'workflow.statusChanged' }, ['statusChanged null null null']],
		// Other bodies
		['an empty body', '', [unrecognized]],
		['null', 'null', [unrecognized]],
		['a ping', { event: 'ping' }, [unrecognized]],
		['numbers', '[1,2]', [unrecognized]],
		['an empty object', {}, [unrecognized]],
		['names of a prototype', '{"__proto__":{"workflowId":"x"},"constructor":1}', [unrecognized]],
		[
			'a path for an ID',
			{ workflowId: '../cases', status: 'COMPLETED' },
			['completed completed null COMPLETED'],
		],
		[
			'250,000 values',
			{ workflowId: X, status: 'COMPLETED', values: Array.from({ length: 250_000 }, () => 1) },
			[completed],
		],
		[
			'5,000 levels',
			`{"workflowId":"${X}","status":"COMPLETED","deep":${nested(5_000)}}`,
			[completed],
		],
		[
			'a text of 9 MB',
			{ workflowId: X, status: 'COMPLETED', photo: 'x\\"'.repeat(3_000_000) },
			[completed],
		],
		// Encodings
		['a byte order mark', `\uFEFF${text({ workflowId: X, status: 'COMPLETED' })}`, [completed]],
		[
			'UTF-16',
			utf16(text({ workflowId: X, status: 'COMPLETED' })),
			[completed],
			'text/plain; charset=utf-16le',
		],
		[
			'UTF-16 with a mark',
			utf16(`\uFEFF${text({ workflowId: X, status: 'COMPLETED' })}`),
			[completed],
			'text/plain',
		],
		[
			'Latin-1',
			Buffer.from(text({ workflowId: X, status: 'COMPLETED', name: 'Värm' }), 'latin1'),
			[completed],
			'text/plain; charset=iso-8859-1',
		],
		['plain text', 'COMPLETED', [unrecognized], 'text/plain'],
	])('contain event, outcome, run ID and status: %s', async (...[, body, items, contentType]) => {
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

it('gives the items of one delivery the same time and signature, and different event IDs', async () => {
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
				// Only a recognized event can be one that the user has not chosen.
				for (const { json } of (await receive(rawBody)).workflowData?.[0] ?? []) {
					const { status: runStatus, reference, workflowDefinitionId } = json;
					const isNamed = /completed|running/i.test(text(value));
					const isRecognized = isNamed || (runStatus ?? reference ?? workflowDefinitionId) !== null;
					expect(started.has(json['eventId']) || isRecognized).toBe(true);
				}
			}),
			{ numRuns: 300 },
		);
	} finally {
		await defaults.close();
	}
});
