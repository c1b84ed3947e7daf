// Bodies of deliveries become events with an ID that is the same for each repeat.

import { eventIdOf, eventOf, outcomeIn } from '../../nodes/TransactionLinkTrigger/event.ts';
import { readEvents } from '../../nodes/TransactionLinkTrigger/eventFields.ts';
import { reportedBy } from '../../nodes/TransactionLinkTrigger/eventWords.ts';

const fieldsOf = (value: unknown) => {
	const [first] = readEvents(value);
	if (first === undefined) throw new Error('No event');
	return first.fields;
};

describe('the name of an event', () => {
	it.each([
		['workflow.completed', 'completed'],
		['WORKFLOW_COMPLETED', 'completed'],
		['workflowExecutionCompleted', 'completed'],
		['workflow:run:completed:v2', 'completed'],
		['run has been completed successfully', 'completed'],
		['workflow-cancelled', 'failed'],
		['WorkflowExpiredEvent', 'failed'],
		['workflow.awaiting', 'awaiting'],
		['awaiting_completion', 'awaiting'],
		['workflow.statusChanged', 'changed'],
		['step.completed', undefined],
		['workflow.step.completed', undefined],
		['incomplete', undefined],
		['not_completed', undefined],
		['completion_failed', undefined],
		['completed_with_warnings', undefined],
		['uncompleted', undefined],
		['', undefined],
		[null, undefined],
	])('"%s" reports %s', (name, reported) => expect(reportedBy(name)).toBe(reported));
});

describe('the kind of event', () => {
	it.each([
		['completed', 'COMPLETED', null, undefined],
		['failed', 'FAILED', 'workflow.completed', undefined],
		['awaiting', 'AWAITING_BACKGROUND', 'workflow.completed', undefined],
		['awaiting', 'PENDING', 'workflow.awaiting', undefined],
		['statusChanged', 'RUNNING', 'workflow.completed', undefined],
		['completed', 'RUNNING', 'workflow.completed', 'COMPLETED'],
		['statusChanged', 'RUNNING', 'step.completed', 'COMPLETED'],
		['completed', 'APPROVED', 'workflow.completed', undefined],
		['statusChanged', 'SOMETHING_NEW', null, undefined],
		['failed', null, 'workflow.completed', 'EXPIRED'],
		['statusChanged', null, 'workflow.completed', 'RUNNING'],
		['completed', null, 'workflow.completed', undefined],
		['completed', null, null, 'COMPLETED'],
		['statusChanged', null, 'workflow.statusChanged', undefined],
		['unrecognized', null, 'other', undefined],
		['unrecognized', null, null, undefined],
	] as const)(
		'is %s for status %s, name %s and current status %s',
		(event, status, name, current) => {
			const fields = { ...fieldsOf({}), status, eventName: name };
			expect(eventOf({ fields, currentStatus: current })).toBe(event);
		},
	);

	it.each([
		['completed', 'RUNNING', 'COMPLETED'],
		['completed', 'COMPLETED', 'RUNNING'],
		['pending', 'RUNNING', 'IN_REVIEW'],
		['failed', null, 'ABORTED'],
	] as const)(
		'has the outcome %s for status %s and current status %s',
		(outcome, status, current) => {
			const fields = { ...fieldsOf({}), status };
			expect(outcomeIn({ fields, currentStatus: current }, 'statusChanged')).toBe(outcome);
		},
	);
});

describe('the ID of an event', () => {
	const idOf = (value: object, currentStatus?: string): string => {
		const evidence = { fields: fieldsOf(value), currentStatus };
		return eventIdOf(evidence.fields, eventOf(evidence), JSON.stringify(value));
	};

	it('is the same for each repeat of the end of a run, whatever else the body contains', () => {
		expect(idOf({ workflowId: 'w', status: 'COMPLETED', attempt: 1 })).toBe(
			idOf({ workflow_id: 'w', status: 'completed', attempt: 2 }),
		);
		expect(idOf({ workflowId: 'w', event: 'completed' })).toBe(
			idOf({ workflowId: 'w' }, 'COMPLETED'),
		);
		expect(idOf({ workflowId: 'w' }, 'FAILED')).toBe(idOf({ workflowId: 'w', status: 'failed' }));
	});

	it('of a failed run does not depend on whether its current status is known', () => {
		const reported = { workflowId: 'w', event: 'workflow.failed' };
		expect(idOf(reported, 'EXPIRED')).toBe(idOf(reported));
	});

	it.each([
		{ event: 'step.completed', status: 'RUNNING' },
		{ event: 'workflow.completed', status: 'RUNNING' },
		{ event: 'completion_failed', status: 'IN_PROGRESS' },
		{ event: 'awaiting_completion' },
		{ event: 'not_completed' },
	])('of %j differs from that of the completion', (reported) => {
		expect(idOf({ workflowId: 'w', ...reported })).not.toBe(
			idOf({ workflowId: 'w', status: 'COMPLETED' }),
		);
	});

	it('differs between runs, between outcomes, and between changes before the end', () => {
		const ids = [
			idOf({ workflowId: 'w' }, 'COMPLETED'),
			idOf({ workflowId: 'v' }, 'COMPLETED'),
			idOf({ workflowId: 'w' }, 'FAILED'),
			idOf({ workflowId: 'w', status: 'AWAITING', at: 1 }),
			idOf({ workflowId: 'w', status: 'AWAITING', at: 2 }),
		];
		expect(new Set(ids).size).toBe(5);
	});
});
