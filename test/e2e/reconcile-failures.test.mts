// The reconcile example reports what it cannot finish, loses nothing, and finishes it later.

import { calling } from '../../scripts/n8n/examples.mts';
import type { WorkflowNode } from '../../scripts/n8n/workflow.mts';
import {
	complete,
	letRunsWait,
	mailCounts,
	mailsAbout,
	reconcile,
	reconcileInVain,
	sendWebhooksTo,
	startRuns,
} from './runs.mts';
import { openStage, type Stage } from './stage.mts';

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
	await letRunsWait(stage);
}, 300_000);
afterAll(async () => {
	await (stage as Stage | undefined)?.close();
});
beforeEach(async () => {
	await stage.sandbox.control.delete('/faults');
	await sendWebhooksTo(stage, null);
});

/** The stage with another reconciliation, which differs in its nodes. */
async function withNodes(nodes: WorkflowNode[]): Promise<Stage> {
	const { name, connections, settings } = stage.prepared.reconciliation;
	const reconciliation = await stage.n8n.importWorkflow({ name, nodes, connections, settings });
	return { ...stage, prepared: { ...stage.prepared, reconciliation } };
}

it('reports an unknown run by a failed execution, and processes the others', async () => {
	const runIds = await startRuns(stage, 2);
	await complete(stage, runIds);
	await stage.sandbox.control.post('/faults', {
		operationId: 'getWorkflow',
		kind: 'status',
		status: 404,
		times: 1,
	});
	const said = await reconcileInVain(stage);
	const counts = mailCounts(stage, runIds);
	expect([...counts].sort()).toEqual([0, 1]);
	const unknown = String(runIds[counts.indexOf(0)]);
	expect(said).toBe(
		'1 of the runs could not be processed. The next execution tries again. The first one, ' +
			`${unknown}: TransactionLink has no run with this ID`,
	);
	await reconcile(stage);
	expect(mailCounts(stage, runIds)).toEqual([1, 1]);
}, 120_000);

it('reports a rejected credential by a failed execution, and loses nothing', async () => {
	const runIds = await startRuns(stage, 2);
	await complete(stage, runIds);
	await stage.sandbox.control.post('/faults', {
		operationId: 'getWorkflow',
		kind: 'status',
		status: 401,
		times: 1_000,
	});
	const said = await reconcileInVain(stage);
	expect(said).toMatch(/^2 of the runs could not be processed/);
	expect(said).toContain('TransactionLink did not accept the credential');
	expect(mailCounts(stage, runIds)).toEqual([0, 0]);
	await stage.sandbox.control.delete('/faults');
	await reconcile(stage);
	expect(mailCounts(stage, runIds)).toEqual([1, 1]);
}, 120_000);

it('a completed run without a result is processed once, without one', async () => {
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
}, 120_000);

it.each<[string, object, RegExp]>([
	['rejected with 401', { kind: 'status', status: 401 }, /did not accept the credential/],
	['rejected with 403', { kind: 'status', status: 403 }, /result of the run/],
	[
		'answered by a proxy with 404',
		{ kind: 'html', status: 404 },
		/no TransactionLink at this address/,
	],
	['answered with 503', { kind: 'status', status: 503 }, /result of the run/],
	['not answered', { kind: 'cut' }, /did not respond/],
	['not answered in time', { kind: 'drip' }, /did not return the result in time/],
])(
	'a run whose result is %s stays open, and the execution fails with that reason',
	async (_, fault, reason) => {
		const runIds = await startRuns(stage, 1);
		await complete(stage, runIds);
		await stage.sandbox.control.post('/faults', {
			operationId: 'getWorkflowResult',
			times: 1_000,
			...fault,
		});
		const said = await reconcileInVain(stage);
		expect(said).toMatch(/^1 of the runs could not be processed\. .*/);
		expect(said).toMatch(reason);
		expect(mailCounts(stage, runIds)).toEqual([0]);
		await stage.sandbox.control.delete('/faults');
		await reconcile(stage);
		expect(mailsAbout(stage, String(runIds[0])).map(({ subject }) => subject)).toEqual([
			'Onboarding completed: Company 0, APPROVED',
		]);
	},
	240_000,
);

it('where more runs wait than one execution takes, each has its turn', async () => {
	const early = await startRuns(stage, 2);
	const late = await startRuns(stage, 4);
	await complete(stage, early);
	const nodes = stage.prepared.reconciliation.nodes.map((node) =>
		node.name === 'At Most 1,000' ? { ...node, parameters: { maxItems: 2 } } : node,
	);
	const narrow = await withNodes(nodes);
	// By chance: that one of two is not among two of six in each of 40 executions happens once in five million times.
	for (let times = 0; times < 40 && mailCounts(stage, early).includes(0); times += 1)
		await reconcile(narrow);
	expect(mailCounts(stage, early)).toEqual([1, 1]);
	await complete(stage, late);
	await reconcile(stage);
	expect(mailCounts(stage, late)).toEqual([1, 1, 1, 1]);
}, 200_000);

it('reports a completion that cannot be called by a failed execution, and loses nothing', async () => {
	const { prepared } = stage;
	const runIds = await startRuns(stage, 2);
	await complete(stage, runIds);
	const { nodes } = calling(prepared.reconciliation, [{ ...prepared.completion, id: 'not-there' }]);
	expect(await reconcileInVain(await withNodes(nodes))).toMatch(
		/^2 of the runs could not be processed/,
	);
	await reconcile(stage);
	expect(mailCounts(stage, runIds)).toEqual([1, 1]);
}, 120_000);
