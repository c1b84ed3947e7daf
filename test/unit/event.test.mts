import { eventIdOf, eventOf, readPayload } from '../../nodes/TransactionLinkTrigger/event.ts';

const bytes = (payload: unknown): Buffer => Buffer.from(JSON.stringify(payload));

describe('what a delivery tells', () => {
	it.each<[string, unknown, Record<string, string | null>]>([
		[
			'everything at the top',
			{
				event: 'workflow.completed',
				workflowId: 'w',
				caseId: 'c',
				status: 'COMPLETED',
				workflowReference: 'check',
				workflowDefinitionId: 'd',
			},
			{
				workflowId: 'w',
				caseId: 'c',
				recordId: null,
				status: 'COMPLETED',
				reference: 'check',
				workflowDefinitionId: 'd',
				saidEvent: 'workflow.completed',
			},
		],
		[
			'one level down',
			{
				type: 't',
				data: { id: 'w', state: 'RUNNING', recordId: 'r', definitionId: 'd', name: 'check' },
			},
			{
				workflowId: 'w',
				recordId: 'r',
				status: 'RUNNING',
				reference: 'check',
				workflowDefinitionId: 'd',
			},
		],
		[
			'a message id beside an envelope',
			{ id: 'message', execution: { id: 'w' } },
			{ workflowId: 'w' },
		],
		['a bare id', { id: 'w' }, { workflowId: 'w' }],
		[
			'a telling name below a bare one',
			{ id: 'message', payload: { workflowExecutionId: 'w' } },
			{ workflowId: 'w' },
		],
		['numbers', { workflowId: 7 }, { workflowId: '7' }],
	])('%s', (_, payload, told) => expect(readPayload(payload)).toMatchObject(told));

	it.each([
		null,
		undefined,
		'text',
		7,
		true,
		[],
		[{ id: 'w' }],
		{},
		{ id: {} },
		{ id: '' },
		{ data: null },
		{ data: [{ id: 'w' }] },
	])('nothing: %j', (payload) => {
		expect(new Set(Object.values(readPayload(payload)))).toEqual(new Set([null]));
	});
});

describe('the kind of event', () => {
	it.each([
		['completed', 'COMPLETED', null],
		['completed', 'completed', 'workflow.statusChanged'],
		['awaiting', 'AWAITING', null],
		['awaiting', 'AWAITING_BACKGROUND', 'workflow.completed'],
		['statusChanged', 'FAILED', 'workflow.completed'],
		['statusChanged', 'SOMETHING_NEW', null],
		['completed', 'APPROVED', 'workflow.completed'],
		['awaiting', 'PENDING', 'workflow.awaiting'],
		['statusChanged', 'RUNNING', 'workflow.statusChanged'],
		['completed', null, 'WORKFLOW_COMPLETED'],
		['awaiting', null, 'workflow.awaiting'],
		['statusChanged', null, 'other'],
		['statusChanged', null, null],
	] as const)('is %s for status %s and event %s', (event, status, saidEvent) => {
		expect(eventOf({ ...readPayload({}), saidEvent }, status)).toBe(event);
	});
});

describe('the id of an event', () => {
	const idOf = (payload: unknown, status: string | null): string => {
		const told = readPayload(payload);
		return eventIdOf(told, eventOf(told, status), status, bytes(payload));
	};

	it('is the same for each repeat of the end of a run, whatever else the body says', () => {
		expect(idOf({ workflowId: 'w', status: 'COMPLETED', attempt: 1 }, 'COMPLETED')).toBe(
			idOf({ workflowId: 'w', status: 'completed', attempt: 2 }, 'completed'),
		);
		expect(idOf({ workflowId: 'w', event: 'completed' }, null)).toBe(
			idOf({ workflowId: 'w' }, 'COMPLETED'),
		);
		expect(idOf({ workflowId: 'w' }, 'FAILED')).toBe(idOf({ workflowId: 'w', at: 2 }, 'failed'));
	});

	it('differs between runs, and between ways to end', () => {
		const ids = [
			idOf({ workflowId: 'w' }, 'COMPLETED'),
			idOf({ workflowId: 'v' }, 'COMPLETED'),
			idOf({ workflowId: 'w' }, 'FAILED'),
		];
		expect(new Set(ids).size).toBe(3);
	});

	it('differs between changes on the way, which may come more than once', () => {
		expect(idOf({ workflowId: 'w', status: 'AWAITING', at: 1 }, 'AWAITING')).not.toBe(
			idOf({ workflowId: 'w', status: 'AWAITING', at: 2 }, 'AWAITING'),
		);
		expect(idOf({ workflowId: 'w', status: 'AWAITING' }, 'AWAITING')).toBe(
			idOf({ workflowId: 'w', status: 'AWAITING' }, 'AWAITING'),
		);
	});

	it('is 64 hexadecimal digits for anything at all', () =>
		expect(idOf(null, null)).toMatch(/^[0-9a-f]{64}$/));
});
