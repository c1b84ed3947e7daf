// The run ID of a body is never that of the message around its events, and never a guess about a list.

import { readEvents } from '../../nodes/TransactionLinkTrigger/eventFields.ts';

const run = (workflowId: string) => ({ workflowId, status: 'COMPLETED' });

it.each([
	['a list of events', { id: 'evt_1', events: [run('r-1'), run('r-2')] }],
	['a list of data', { id: 'evt_1', type: 'workflow.updated', data: [run('r-1'), run('r-2')] }],
])('the ID next to %s is not the ID of a run', (_, body) => {
	expect(readEvents(body).map(({ fields }) => fields.workflowId)).toEqual(['r-1', 'r-2']);
});

it.each([
	['more than can be told apart', { type: 'workflow.updated', data: Array(101).fill(run('r')) }],
	['two lists', { type: 'workflow.updated', data: [run('r-1')], runs: [run('r-2')] }],
])('a body with %s does not count as an event of the message around it', (_, body) => {
	const [{ fields } = { fields: {} }, ...others] = readEvents(body);
	expect(others).toEqual([]);
	expect(Object.values(fields).every((value) => value === null || value === false)).toBe(true);
});
