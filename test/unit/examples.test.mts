// Each example workflow is laid out, named and connected as users expect.

import { readFileSync } from 'node:fs';

import {
	exampleNames,
	namesIn,
	readExampleWorkflow,
	readExamples,
} from '../../scripts/n8n/examples.mts';
import { at, textAt } from '../../scripts/json.mts';
import type { WorkflowNode } from '../../scripts/n8n/workflow.mts';

/** The area that n8n's Production Checklist covers at the upper left of a canvas, in a window of 1440 by 900. */
const CHECKLIST = { width: 500, height: 320 };
const NOTE = 'n8n-nodes-base.stickyNote';
const SUBWORKFLOW = 'n8n-nodes-base.executeWorkflow';

const notesOf = (name: string): WorkflowNode[] =>
	readExampleWorkflow(name).nodes.filter(({ type }) => type === NOTE);
const stepsOf = (name: string): WorkflowNode[] =>
	readExampleWorkflow(name).nodes.filter(({ type }) => type !== NOTE);
const textOf = ({ parameters }: WorkflowNode): string => textAt(parameters, 'content') ?? '';

describe.each(exampleNames())('%s', (name) => {
	it("leaves its first note uncovered by n8n's Production Checklist", () => {
		const { nodes } = readExampleWorkflow(name);
		const [first, ...others] = [
			...nodes.filter((node) => node.name === 'Note: How It Works'),
			...nodes.filter((node) => node.name !== 'Note: How It Works'),
		];
		const [x = 0, y = 0] = first?.position ?? [];
		const left = Math.min(...others.map(({ position }) => position[0]));
		const top = Math.min(...others.map(({ position }) => position[1]));
		expect(x - left).toBeGreaterThanOrEqual(CHECKLIST.width);
		expect(top - y).toBeGreaterThanOrEqual(CHECKLIST.height);
	});

	it('numbers its notes about what to fill in from 1, up to at most 3', () => {
		const numbers = notesOf(name).flatMap((note) => /^### (\d)\./.exec(textOf(note))?.[1] ?? []);
		expect(numbers.sort()).toEqual(['1', '2', '3'].slice(0, numbers.length));
	});

	it('calls only itself and workflows that are examples', () => {
		const names = readExamples(exampleNames()).map(({ workflow }) => workflow.name);
		const called = stepsOf(name)
			.filter(({ type }) => type === SUBWORKFLOW)
			.filter(
				({ parameters }) => textAt(parameters, 'workflowId', 'value') !== '={{ $workflow.id }}',
			)
			.map(({ parameters }) => textAt(parameters, 'workflowId', 'cachedResultName') ?? '');
		expect(called.filter((workflow) => !names.includes(workflow))).toEqual([]);
	});

	it('keeps the error of every item that fails in a sub-workflow', () => {
		// Up to version 1.2, a node with an error output drops all errors but the first.
		const dropping = stepsOf(name).filter(
			({ type, typeVersion, onError }) =>
				type === SUBWORKFLOW && onError !== undefined && typeVersion < 1.3,
		);
		expect(dropping.map((node) => node.name)).toEqual([]);
	});

	it('checks the outcome instead of a list of statuses', () => {
		const statuses = /CANCELL?ED|EXPIRED|REJECTED|TERMINATED|ABORTED/;
		expect(JSON.stringify(stepsOf(name))).not.toMatch(statuses);
	});

	it('contains no webhook IDs, so that n8n assigns each copy its own addresses', () => {
		expect(stepsOf(name).filter(({ webhookId }) => webhookId !== undefined)).toEqual([]);
	});
});

it('workflows/README.md counts the nodes of each example', () => {
	const rows = readFileSync('workflows/README.md', 'utf8').matchAll(
		/^\| \[[\w-]+\]\(\w+\/([\w-]+)\.json\) .*\| (\d+) \|$/gm,
	);
	expect(Array.from(rows, ([, name, nodes]) => [name, Number(nodes)]).sort()).toEqual(
		exampleNames()
			.map((name) => [name, stepsOf(name).length])
			.sort(),
	);
});

it.each(namesIn('basic').filter((name) => name !== 'ai-agent'))(
	'the basic example %s has at most six nodes',
	(name) => {
		expect(stepsOf(name).length).toBeLessThanOrEqual(6);
	},
);

it('production examples claim a run before they act on its end', () => {
	const acting = namesIn('production').filter((name) =>
		stepsOf(name).some(({ type }) => type.endsWith('.transactionLinkTrigger')),
	);
	const claiming = acting.filter((name) =>
		stepsOf(name).some(
			({ parameters }) =>
				at(parameters, 'workflowId', 'cachedResultName') === 'TransactionLink: claim',
		),
	);
	expect(acting.length).toBeGreaterThan(4);
	expect(acting.filter((name) => !claiming.includes(name))).toEqual(['router']);
});

it.each(['completion', 'crm', 'review', 'router'])(
	'%s starts itself once for each event of a delivery',
	(name) => {
		const { connections } = readExampleWorkflow(name);
		const next = textAt(connections, 'TransactionLink Trigger', 'main', 0, 0, 'node');
		const called = stepsOf(name).find((node) => node.name === next);
		expect(at(called, 'parameters', 'workflowId', 'value')).toBe('={{ $workflow.id }}');
	},
);
