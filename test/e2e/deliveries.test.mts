// Repeated, reordered and interrupted deliveries start one execution for each event, also on a busy machine.

import { Worker } from 'node:worker_threads';
import { sideBySide } from '../../bench/side-by-side.mts';
import {
	countDeliveries,
	deliver,
	deliverPatiently,
	deliverSixTimes,
	executionsByRun,
	isTaken,
	signedDeliveries,
	tally,
	untilEnded,
} from './deliveries.mts';
import { openStage, type Stage } from './stage.mts';

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
}, 300_000);
afterAll(async () => {
	await (stage as Stage | undefined)?.close();
});

/** Keeps a processor busy until the returned function is called. */
function startBusyLoop(): () => void {
	const loop = new Worker('for (;;);', { eval: true });
	return () => void loop.terminate();
}

it('each delivery sent six times, in disorder, on a busy machine: one execution each', async () => {
	const ends = [startBusyLoop(), startBusyLoop()];
	const { answers, started } = await deliverSixTimes(
		stage.n8n,
		stage.sandbox,
		stage.prepared,
		stage.n8n.url,
	);
	for (const end of ends) end();
	expect(answers.every(isTaken)).toBe(true);
	expect(started).toEqual(Array.from({ length: 200 }, () => 1));
}, 600_000);

it('a sender that hangs up at any moment and repeats: one execution each', async () => {
	const workflow = await countDeliveries(stage.n8n, stage.prepared, stage.n8n.url);
	const deliveries = await signedDeliveries(stage.sandbox, 60);
	const firstStatuses = await sideBySide(
		[...deliveries.entries()],
		6,
		async ([place, delivery]) =>
			await deliver(workflow.address, delivery, AbortSignal.timeout(1 + place * 5)),
	);
	const lastStatuses = (
		await sideBySide(
			deliveries,
			6,
			async (delivery) => await deliverPatiently(workflow.address, delivery),
		)
	).map((statuses) => statuses.at(-1) ?? 0);
	const byRun = await executionsByRun(
		stage.n8n,
		await untilEnded(stage.n8n, workflow.id, 60_000),
		deliveries,
	);
	process.stdout.write(
		`hung up on: first statuses ${tally(firstStatuses)}, then ${tally(lastStatuses)}; runs with ` +
			`so many executions ${tally([...byRun.values()])}\n`,
	);
	expect(firstStatuses.filter((status) => status === 0).length).toBeGreaterThan(0);
	expect(lastStatuses.every(isTaken)).toBe(true);
	expect([...byRun.values()]).toEqual(deliveries.map(() => 1));
}, 120_000);
