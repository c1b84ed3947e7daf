// The reconcile example reports the runs that it cannot process, and processes them later.

import { withSubworkflows } from '../../scripts/n8n/examples.mts';
import type { WorkflowNode } from '../../scripts/n8n/workflow.mts';
import {
	complete,
	holdRuns,
	mailCounts,
	mailsAbout,
	reconcile,
	reconcileWithError,
	sendWebhooksTo,
	startRuns,
} from './runs.mts';
import { openStage, type Stage } from './stage.mts';

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
	await holdRuns(stage);
});
afterAll(async () => {
	await (stage as Stage | undefined)?.close();
});
beforeEach(async () => {
	await stage.sandbox.control.delete('/faults');
	await sendWebhooksTo(stage, null);
});

/** The stage with a reconciliation that has other nodes. */
async function withNodes(nodes: WorkflowNode[]): Promise<Stage> {
	const { name, connections, settings } = stage.prepared.reconciliation;
	const reconciliation = await stage.n8n.importWorkflow({ name, nodes, connections, settings });
	return { ...stage, prepared: { ...stage.prepared, reconciliation } };
}

it('fails the execution for an unknown run, and processes the others', async () => {
	const runIds = await startRuns(stage, 2);
	await complete(stage, runIds);
	await stage.sandbox.control.post('/faults', {
		operationId: 'getWorkflow',
		kind: 'status',
		status: 404,
		times: 1,
	});
	const error = await reconcileWithError(stage);
	const counts = mailCounts(stage, runIds);
	expect([...counts].sort()).toEqual([0, 1]);
	const unknown = String(runIds[counts.indexOf(0)]);
	expect(error).toBe(
		'1 of the runs could not be processed. The next execution tries again. The first one, ' +
			`${unknown}: TransactionLink has no run with this ID`,
	);
	await reconcile(stage);
	expect(mailCounts(stage, runIds)).toEqual([1, 1]);
});

it('fails the execution for a rejected credential, and processes the runs later', async () => {
	const runIds = await startRuns(stage, 2);
	await complete(stage, runIds);
	await stage.sandbox.control.post('/faults', {
		operationId: 'getWorkflow',
		kind: 'status',
		status: 401,
		times: 1_000,
	});
	const error = await reconcileWithError(stage);
	expect(error).toMatch(/^2 of the runs could not be processed/);
	expect(error).toContain('TransactionLink did not accept the credential');
	expect(mailCounts(stage, runIds)).toEqual([0, 0]);
	await stage.sandbox.control.delete('/faults');
	await reconcile(stage);
	expect(mailCounts(stage, runIds)).toEqual([1, 1]);
});

it('processes a completed run once if it has no result', async () => {
	const runIds = await startRuns(stage, 2);
	await complete(stage, runIds);
	await stage.sandbox.control.post('/faults', {
		operationId: 'getWorkflowResult',
		kind: 'status',
		status: 404,
		times: 1_000,
	});
	await reconcile(stage);
	await reconcile(stage);
	await stage.sandbox.control.delete('/faults');
	expect(mailCounts(stage, runIds)).toEqual([1, 1]);
	for (const runId of runIds)
		expect(mailsAbout(stage, runId)[0]?.subject).toMatch(
			/^Onboarding completed: Company \d, no decision$/,
		);
});

it.each<[string, object, RegExp]>([
	['gets a 401', { kind: 'status', status: 401 }, /did not accept the credential/],
	['gets a 403', { kind: 'status', status: 403 }, /result of the run/],
	['gets a 404 from a proxy', { kind: 'html', status: 404 }, /no TransactionLink at this address/],
	['gets a 503', { kind: 'status', status: 503 }, /result of the run/],
	['gets no response', { kind: 'cut' }, /did not respond/],
	['times out', { kind: 'drip' }, /did not return the result in time/],
])(
	'leaves a run open and reports the reason if the request for its result %s',
	async (_, fault, reason) => {
		const runIds = await startRuns(stage, 1);
		await complete(stage, runIds);
		await stage.sandbox.control.post('/faults', {
			operationId: 'getWorkflowResult',
			times: 1_000,
			...fault,
		});
		const error = await reconcileWithError(stage);
		expect(error).toMatch(/^1 of the runs could not be processed\. .*/);
		expect(error).toMatch(reason);
		expect(mailCounts(stage, runIds)).toEqual([0]);
		await stage.sandbox.control.delete('/faults');
		await reconcile(stage);
		expect(mailsAbout(stage, String(runIds[0])).map(({ subject }) => subject)).toEqual([
			'Onboarding completed: Company 0, APPROVED',
		]);
	},
);

it('processes every run in the end if more runs wait than one execution processes', async () => {
	const early = await startRuns(stage, 2);
	const late = await startRuns(stage, 4);
	await complete(stage, early);
	const nodes = stage.prepared.reconciliation.nodes.map((node) =>
		node.name === 'At Most 1,000' ? { ...node, parameters: { maxItems: 2 } } : node,
	);
	const narrow = await withNodes(nodes);
	// Each execution picks 2 of 6 runs at random. That 40 executions miss one of two runs happens once in five million.
	for (let times = 0; times < 40 && mailCounts(stage, early).includes(0); times += 1)
		await reconcile(narrow);
	expect(mailCounts(stage, early)).toEqual([1, 1]);
	await complete(stage, late);
	await reconcile(stage);
	expect(mailCounts(stage, late)).toEqual([1, 1, 1, 1]);
});

it('fails the execution if the completion cannot be called, and processes the runs later', async () => {
	const { prepared } = stage;
	const runIds = await startRuns(stage, 2);
	await complete(stage, runIds);
	const { nodes } = withSubworkflows(prepared.reconciliation, [
		{ ...prepared.completion, id: 'not-there' },
	]);
	expect(await reconcileWithError(await withNodes(nodes))).toMatch(
		/^2 of the runs could not be processed/,
	);
	await reconcile(stage);
	expect(mailCounts(stage, runIds)).toEqual([1, 1]);
});
