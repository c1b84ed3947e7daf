// Onboarding, repeated deliveries and credentials work in queue mode, with workers and a webhook processor.

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { localHttp } from '../../scripts/local-http.mts';
import { mapConcurrently } from '../tools/map-concurrently.mts';
import {
	allExecutions,
	deliver,
	deliverSixTimes,
	executionsByRun,
	importCountingWorkflow,
	isAccepted,
	tally,
	waitUntilEnded,
} from './deliveries.mts';
import { signedDeliveries } from '../tools/signed-deliveries.mts';
import { dumpDatabase, filesBelow, filesContaining } from './n8n-data.mts';
import { openQueueStage, type QueueStage } from './queue-stage.mts';
import { sendToRedis } from './redis-client.mts';
import { runNodes } from './run-nodes.mts';
import {
	complete,
	countOf,
	expectWholeOnboarding,
	holdRuns,
	mailCounts,
	reconcile,
	sendWebhooksTo,
	startRuns,
	waitForCompletions,
	waitForDeliveries,
} from './runs.mts';

const COMPANY = 'Company 1';
// A worker runs at most 10 executions at a time. n8n does not restart those of a killed worker: they stay "running"
// until, after one to two minutes, n8n replaces their data by an error.
const WORKER_CONCURRENCY = 10;

let stage: QueueStage;
beforeAll(async () => {
	stage = await openQueueStage();
});
afterAll(async () => {
	await (stage as QueueStage | undefined)?.close();
});

it('completes an onboarding without manual steps in queue mode: form, case, run, signed webhook, e-mail', async () => {
	await expectWholeOnboarding(stage);
});

it('the main process responds 404 for form and webhook, which the webhook processor serves', async () => {
	const { formUrl, webhookUrl } = stage.prepared;
	for (const address of [formUrl, webhookUrl]) {
		const { pathname } = new URL(String(address));
		const { status } = await localHttp.post(
			`${stage.cluster.main.url}${pathname}`,
			{},
			{ validateStatus: () => true },
		);
		expect(status).toBe(404);
	}
});

it('starts one execution for each of 200 runs when its delivery is sent six times, shuffled', async () => {
	const { statuses, executionCounts } = await deliverSixTimes(
		stage.n8n,
		stage.sandbox,
		stage.prepared,
		stage.cluster.webhookProcessor.url,
	);
	expect(statuses.every(isAccepted)).toBe(true);
	expect(executionCounts).toEqual(Array.from({ length: 200 }, () => 1));
});

it(
	'processes each run once if two webhook processors and two reconciliations handle it ' +
		'concurrently',
	async () => {
		const { sandbox, cluster, prepared } = stage;
		const other = await cluster.addWebhookProcessor();
		await holdRuns(stage);
		await sendWebhooksTo(stage, null);
		const runIds = await startRuns(stage, 20);
		await complete(stage, runIds);
		const deliverTo = async (receiver: string) => {
			await sendWebhooksTo(stage, `${receiver}${new URL(String(prepared.webhookUrl)).pathname}`);
			for (const runId of runIds) await sandbox.control.post(`/runs/${runId}/deliver`);
		};
		const deliverToBoth = async () => {
			await deliverTo(cluster.webhookProcessor.url);
			await deliverTo(other.url);
		};
		await Promise.all([reconcile(stage), deliverToBoth(), reconcile(stage)]);
		await waitForDeliveries(stage);
		await waitForCompletions(stage);
		await other.stop();
		const counts = mailCounts(stage, runIds);
		console.log(
			`two webhook processors, two reconciliations, PostgreSQL: ${countOf(counts, 1)} of ` +
				`${runIds.length} runs finished once, ${counts.filter((count) => count > 1).length} twice`,
		);
		expect(counts).toEqual(runIds.map(() => 1));
	},
);

it(
	'starts an execution for each accepted delivery of a burst of 500, while a worker is killed ' +
		'and another one starts',
	async () => {
		const { n8n, sandbox, cluster, prepared } = stage;
		const workflow = await importCountingWorkflow(n8n, prepared, cluster.webhookProcessor.url);
		const deliveries = await signedDeliveries(sandbox, 500);
		const start = Date.now();
		const secondsSince = () => ((Date.now() - start) / 1000).toFixed(1);
		let responses = 0;
		let killed: Promise<string> | undefined;
		const killAndStart = async () => {
			const at = secondsSince();
			await cluster.workers[0]?.kill();
			const ended = (await allExecutions(n8n, workflow.id)).filter(
				({ status }) => status === 'success',
			).length;
			await cluster.addWorker();
			return `killed after ${at} s, with ${ended} executions done; another worker after ${secondsSince()} s`;
		};
		const statuses = await mapConcurrently(deliveries, 50, async (delivery) => {
			const status = await deliver(workflow.address, delivery);
			responses += 1;
			if (responses >= 100) killed ??= killAndStart();
			return status;
		});
		const burst = secondsSince();
		const report = await killed;
		const executions = await waitUntilEnded(n8n, workflow.id, WORKER_CONCURRENCY);
		const byRun = await executionsByRun(n8n, executions, deliveries);
		console.log(
			`${deliveries.length} deliveries in ${burst} s, first attempts only: statuses ${tally(statuses)}; ` +
				`${String(report)}; executions ${tally(executions.map(({ status }) => status))}; ` +
				`executions per run ${tally([...byRun.values()])}`,
		);
		const accepted = deliveries.filter((_, index) => isAccepted(statuses[index] ?? 0));
		expect(accepted).toHaveLength(deliveries.length);
		// Each delivery has started one execution, and only those of the killed worker may have lost their data.
		const withoutData = byRun.get('unknown') ?? 0;
		expect(executions).toHaveLength(deliveries.length);
		expect(deliveries.filter(({ runId }) => byRun.get(runId) !== 1)).toHaveLength(withoutData);
		expect(withoutData).toBeLessThanOrEqual(WORKER_CONCURRENCY);
		expect(report).toMatch(/^killed/);
	},
);

it('hides sent values that an error response repeats', async () => {
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
	'no file and no database row contains a secret, and no log and no file of Redis the data ' +
		'of a customer',
	async () => {
		const database = dumpDatabase(stage.cluster.postgres);
		const mark = `mark-${randomUUID()}`;
		// Redis saves its data uncompressed to the file searched below. The mark proves that the search finds text in it.
		await sendToRedis(
			stage.cluster.redis,
			'CONFIG SET rdbcompression no',
			`SET ${mark} ${mark}`,
			'SAVE',
		);
		const files = filesBelow(stage.userFolder);
		const logs = files.filter((file) => file.endsWith('.log'));
		expect(logs.length).toBeGreaterThan(5);
		// The search works: the database contains execution data, and the file of Redis contains the job queue.
		expect(database).toContain(COMPANY);
		expect(filesContaining(mark, files)).toEqual([expect.stringMatching(/redis.dump\.rdb$/)]);
		expect(filesContaining('bull:jobs', files)).toEqual(
			expect.arrayContaining(filesContaining(mark, files)),
		);
		expect(filesContaining(COMPANY, files)).toEqual([]);
		const secretsIn = (text: string) =>
			[/sandbox-secret/, /Bearer [\w-]{20}/].filter((secret) => secret.test(text)).map(String);
		expect(secretsIn(database)).toEqual([]);
		const filesWithSecret = files.filter(
			(file) => secretsIn(readFileSync(file, 'latin1')).length > 0,
		);
		expect(filesWithSecret).toEqual([]);
		console.log(
			`${files.length} files (${logs.length} logs) and ${database.length} characters of PostgreSQL searched: 0 secrets`,
		);
	},
);
