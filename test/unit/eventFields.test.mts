// The trigger never reads the ID of an envelope as the ID of a run, and never guesses which list contains events.

import { readEvents } from '../../nodes/TransactionLinkTrigger/eventFields.ts';

const run = (workflowId: string) => ({ workflowId, status: 'COMPLETED' });

it.each([
	['a list of events', { id: 'evt_1', events: [run('r-1'), run('r-2')] }],
	['a list of data', { id: 'evt_1', type: 'workflow.updated', data: [run('r-1'), run('r-2')] }],
])('the ID of the envelope around %s is not the ID of a run', (_, body) => {
	expect(readEvents(body).map(({ fields }) => fields.workflowId)).toEqual(['r-1', 'r-2']);
});

it.each([
	['more than 100 events', { type: 'workflow.updated', data: Array(101).fill(run('r')) }],
	['two lists', { type: 'workflow.updated', data: [run('r-1')], runs: [run('r-2')] }],
])('a body with %s is a single event without fields', (_, body) => {
	const [{ fields } = { fields: {} }, ...others] = readEvents(body);
	expect(others).toEqual([]);
	expect(Object.values(fields).every((value) => value === null || value === false)).toBe(true);
});
