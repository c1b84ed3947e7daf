import { countDeliveries, deliver, deliverSixTimes, everyExecution, executionsByRun, isTaken, sideBySide, signedDeliveries, tally, untilEnded } from '../e2e/deliveries.mts';
import { openQueueStage, type QueueStage } from '../e2e/queue-stage.mts';

// So many executions a worker has under way at most. n8n does not start them again when the worker is killed: they
// are there, and stay "running" until its own recovery marks them as crashed.
const JOBS_OF_A_WORKER = 10;

let stage: QueueStage;
beforeAll(async () => {
	stage = await openQueueStage();
}, 300_000);
afterAll(async () => { await (stage as QueueStage | undefined)?.close(); }, 120_000);

it('200 runs, each delivery sent six times, in any order: one execution for each run', async () => {
	const { answers, started } = await deliverSixTimes(stage.n8n, stage.sandbox, stage.prepared, stage.cluster.webhookProcessor.url);
	expect(answers.every(isTaken)).toBe(true);
	expect(started).toEqual(Array.from({ length: 200 }, () => 1));
}, 150_000);

it('500 deliveries in a burst, a worker killed and another one started meanwhile: each one that was taken has its execution', async () => {
	const { n8n, sandbox, cluster, prepared } = stage;
	const workflow = await countDeliveries(n8n, prepared, cluster.webhookProcessor.url);
	const deliveries = await signedDeliveries(sandbox, 500);
	const start = Date.now();
	const secondsSince = () => ((Date.now() - start) / 1000).toFixed(1);
	let answered = 0;
	let killed: Promise<string> | undefined;
	const killAndStart = async () => {
		const at = secondsSince();
		await cluster.workers[0]?.kill();
		const ended = (await everyExecution(n8n, workflow.id)).filter(({ status }) => status === 'success').length;
		await cluster.addWorker();
		return `killed after ${at} s, with ${ended} executions done; another worker after ${secondsSince()} s`;
	};
	const answers = await sideBySide(deliveries, 50, async (delivery) => {
		const status = await deliver(workflow.address, delivery);
		answered += 1;
		if (answered >= 100) killed ??= killAndStart();
		return status;
	});
	const burst = secondsSince();
	const told = await killed;
	const executions = await untilEnded(n8n, workflow.id, 90_000, JOBS_OF_A_WORKER);
	const byRun = await executionsByRun(n8n, executions, deliveries);
	console.log(`${deliveries.length} deliveries in ${burst} s: answers ${tally(answers)}; ${String(told)}; executions ${tally(executions.map(({ status }) => status))}; runs with so many executions ${tally([...byRun.values()])}`);
	const taken = deliveries.filter((_, place) => isTaken(answers[place] ?? 0));
	expect(taken.length).toBeGreaterThan(0);
	expect(taken.filter(({ runId }) => byRun.get(runId) !== 1)).toEqual([]);
	expect(told).toMatch(/^killed/);
}, 240_000);
