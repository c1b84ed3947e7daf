// Onboarding, repeated deliveries and credentials work in queue mode, with workers and a webhook processor.

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import axios from 'axios';
import { sideBySide } from '../../bench/side-by-side.mts';
import {
	countDeliveries,
	deliver,
	deliverSixTimes,
	everyExecution,
	executionsByRun,
	isTaken,
	signedDeliveries,
	tally,
	untilEnded,
} from './deliveries.mts';
import { dumped, filesBelow, holding } from './kept.mts';
import { openQueueStage, type QueueStage } from './queue-stage.mts';
import { askRedis } from './redis-client.mts';
import { runNodes } from './run-nodes.mts';
import {
	allDelivered,
	complete,
	countOf,
	expectWholeOnboarding,
	letRunsWait,
	mailCounts,
	nothingUnderWay,
	reconcile,
	sendWebhooksTo,
	startRuns,
} from './runs.mts';

const COMPANY = 'Company 1';
// So many executions a worker has under way at most. n8n does not start them again when the worker is killed: they
// are there, and stay "running" until its own recovery marks them as crashed.
const JOBS_OF_A_WORKER = 10;

let stage: QueueStage;
beforeAll(async () => {
	stage = await openQueueStage();
}, 300_000);
afterAll(async () => {
	await (stage as QueueStage | undefined)?.close();
}, 120_000);

it('an onboarding runs by itself in queue mode: form, case, run, signed webhook, e-mail', async () => {
	await expectWholeOnboarding(stage);
});

it("form and webhook are the webhook processor's: the main process does not know them", async () => {
	const { formUrl, webhookUrl } = stage.prepared;
	for (const address of [formUrl, webhookUrl]) {
		const { pathname } = new URL(String(address));
		const answer = await axios.post(
			`${stage.cluster.main.url}${pathname}`,
			{},
			{ validateStatus: () => true, proxy: false },
		);
		expect(answer.status).toBe(404);
	}
});

it('200 runs, each delivery sent six times, in any order: one execution for each run', async () => {
	const { answers, started } = await deliverSixTimes(
		stage.n8n,
		stage.sandbox,
		stage.prepared,
		stage.cluster.webhookProcessor.url,
	);
	expect(answers.every(isTaken)).toBe(true);
	expect(started).toEqual(Array.from({ length: 200 }, () => 1));
}, 150_000);

it(
	'runs that two webhook processors are told of while two reconciliations look after them ' +
		'are finished once each',
	async () => {
		const { sandbox, cluster, prepared } = stage;
		const other = await cluster.addWebhookProcessor();
		await letRunsWait(stage);
		await sendWebhooksTo(stage, null);
		const runIds = await startRuns(stage, 20);
		await complete(stage, runIds);
		const tell = async (receiver: string) => {
			await sendWebhooksTo(stage, `${receiver}${new URL(String(prepared.webhookUrl)).pathname}`);
			for (const runId of runIds) await sandbox.control.post(`/runs/${runId}/deliver`);
		};
		const tellBoth = async () => {
			await tell(cluster.webhookProcessor.url);
			await tell(other.url);
		};
		await Promise.all([reconcile(stage), tellBoth(), reconcile(stage)]);
		await allDelivered(stage);
		await nothingUnderWay(stage);
		await other.stop();
		const counts = mailCounts(stage, runIds);
		console.log(
			`two webhook processors, two reconciliations, PostgreSQL: ${countOf(counts, 1)} of ` +
				`${runIds.length} runs finished once, ${counts.filter((count) => count > 1).length} twice`,
		);
		expect(counts).toEqual(runIds.map(() => 1));
	},
	200_000,
);

it(
	'500 deliveries in a burst, a worker killed and another one started meanwhile: each one ' +
		'that was taken has its execution',
	async () => {
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
			const ended = (await everyExecution(n8n, workflow.id)).filter(
				({ status }) => status === 'success',
			).length;
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
		console.log(
			`${deliveries.length} deliveries in ${burst} s, first attempts only: answers ${tally(answers)}; ` +
				`${String(told)}; executions ${tally(executions.map(({ status }) => status))}; runs with ` +
				`so many executions ${tally([...byRun.values()])}`,
		);
		const taken = deliveries.filter((_, place) => isTaken(answers[place] ?? 0));
		expect(taken).toHaveLength(deliveries.length);
		expect(taken.filter(({ runId }) => byRun.get(runId) !== 1)).toEqual([]);
		expect(told).toMatch(/^killed/);
	},
	240_000,
);

it('a response that repeats what was sent puts nothing of it into an error', async () => {
	const parameters = {
		resource: 'case',
		operation: 'create',
		additionalFields: { companyName: COMPANY, email: 'nathan-7391@example.com' },
	};
	for (const status of [400, 500]) {
		await stage.sandbox.control.post('/faults', {
			operationId: 'createCase',
			kind: 'echo',
			status,
		});
		const execution = await runNodes(stage, [{ name: 'Create Case', parameters }]);
		const error = JSON.stringify(execution.errorOf('Create Case'));
		expect(error).toContain('[hidden]');
		for (const value of [COMPANY, 'nathan-7391', 'sandbox-secret'])
			expect(error).not.toContain(value);
	}
});

it(
	'secrets are found nowhere in what all of this left behind, and what a customer filled ' +
		'in stands in no log and not in Redis',
	async () => {
		const database = dumped(stage.cluster.postgres);
		const mark = `mark-${randomUUID()}`;
		// Into the file that is searched below, and not compressed, so that a text in it is found: as the mark shows.
		await askRedis(
			stage.cluster.redis,
			'CONFIG SET rdbcompression no',
			`SET ${mark} ${mark}`,
			'SAVE',
		);
		const files = filesBelow(stage.userFolder);
		const logs = files.filter((file) => file.endsWith('.log'));
		expect(logs.length).toBeGreaterThan(5);
		// They were there to be found: n8n keeps what its executions worked on, and its queue in Redis.
		expect(database).toContain(COMPANY);
		expect(holding(mark, files)).toEqual([expect.stringMatching(/redis.dump\.rdb$/)]);
		expect(holding('bull:jobs', files)).toEqual(expect.arrayContaining(holding(mark, files)));
		expect(holding(COMPANY, files)).toEqual([]);
		const isIn = (text: string) =>
			[/sandbox-secret/, /Bearer [\w-]{20}/].filter((secret) => secret.test(text)).map(String);
		expect(isIn(database)).toEqual([]);
		const withSecret = files.filter((file) => isIn(readFileSync(file, 'latin1')).length > 0);
		expect(withSecret).toEqual([]);
		console.log(
			`${files.length} files (${logs.length} logs) and ${database.length} characters of PostgreSQL searched: 0 secrets`,
		);
	},
);
