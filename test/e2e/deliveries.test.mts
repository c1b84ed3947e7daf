// Repeated, reordered and interrupted deliveries start one execution for each event, even on a busy machine.

import { Worker } from 'node:worker_threads';
import { mapConcurrently } from '../tools/map-concurrently.mts';
import {
	deliver,
	deliverSixTimes,
	deliverWithRetries,
	executionsByRun,
	importCountingWorkflow,
	isAccepted,
	tally,
	waitUntilEnded,
} from './deliveries.mts';
import { signedDeliveries } from '../tools/signed-deliveries.mts';
import { openStage, type Stage } from './stage.mts';

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
afterAll(async () => {
	await (stage as Stage | undefined)?.close();
});

/** Keeps a processor busy until the returned function is called. */
function startBusyLoop(): () => void {
	const loop = new Worker('for (;;);', { eval: true });
	return () => void loop.terminate();
}

it('starts one execution for each run when its delivery is sent six times, shuffled, on a busy machine', async () => {
	using busyLoops = new DisposableStack();
	for (let count = 0; count < 2; count += 1) busyLoops.defer(startBusyLoop());
	const { statuses, executionCounts } = await deliverSixTimes(
		stage.n8n,
		stage.sandbox,
		stage.prepared,
		stage.n8n.url,
	);
	expect(statuses.every(isAccepted)).toBe(true);
	expect(executionCounts).toEqual(Array.from({ length: 200 }, () => 1));
});

it('starts one execution for each run when the sender aborts its requests and repeats them', async () => {
	const workflow = await importCountingWorkflow(stage.n8n, stage.prepared, stage.n8n.url);
	const deliveries = await signedDeliveries(stage.sandbox, 60);
	const firstStatuses = await mapConcurrently(
		[...deliveries.entries()],
		6,
		async ([index, delivery]) =>
			await deliver(workflow.address, delivery, AbortSignal.timeout(1 + index * 5)),
	);
	const lastStatuses = (
		await mapConcurrently(
			deliveries,
			6,
			async (delivery) => await deliverWithRetries(workflow.address, delivery),
		)
	).map((statuses) => statuses.at(-1) ?? 0);
	const byRun = await executionsByRun(
		stage.n8n,
		await waitUntilEnded(stage.n8n, workflow.id),
		deliveries,
	);
	process.stdout.write(
		`aborted requests: first statuses ${tally(firstStatuses)}, then ${tally(lastStatuses)}; ` +
			`executions per run ${tally([...byRun.values()])}\n`,
	);
	expect(firstStatuses.filter((status) => status === 0).length).toBeGreaterThan(0);
	expect(lastStatuses.every(isAccepted)).toBe(true);
	expect([...byRun.values()]).toEqual(deliveries.map(() => 1));
});
