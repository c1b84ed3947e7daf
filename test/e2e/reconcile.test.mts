// The reconcile example finishes each run once whose webhook was missed.

import { chooseFreePort } from '../../scripts/ports.mts';
import { waitUntil } from '../../scripts/waiting.mts';
import {
	allDelivered,
	complete,
	countOf,
	deliveries,
	letRunsWait,
	mailCounts,
	mailsAbout,
	nothingUnderWay,
	reconcile,
	reconcileInVain,
	sendWebhooksTo,
	startRuns,
	tableRows,
} from './runs.mts';
import { openStage, type Stage } from './stage.mts';

const COUNT = 50;
const AWAY_MILLISECONDS = 60_000;

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
	await letRunsWait(stage);
}, 300_000);
afterAll(async () => {
	await (stage as Stage | undefined)?.close();
});
beforeEach(async () => {
	await sendWebhooksTo(stage, String(stage.prepared.webhookUrl));
});

it(`${COUNT} runs that complete while n8n is away are finished once each, and never again`, async () => {
	const runIds = await startRuns(stage, COUNT);
	let away = 0;
	await stage.restart(async () => {
		const since = Date.now();
		await complete(stage, runIds);
		await waitUntil(
			'TransactionLink to give up, and a minute to pass',
			async () => {
				away = Date.now() - since;
				const states = (await deliveries(stage)).map(({ state }) => state);
				return countOf(states, 'failed') === COUNT && away >= AWAY_MILLISECONDS ? true : undefined;
			},
			120_000,
		);
	});
	expect(stage.mailServer.messages).toHaveLength(0);

	const since = Date.now();
	await reconcile(stage);
	const took = Date.now() - since;
	const counts = mailCounts(stage, runIds);
	await reconcile(stage);
	const again = mailCounts(stage, runIds);
	process.stdout.write(
		`missed webhooks: ${runIds.length} runs, n8n away ${(away / 1000).toFixed(1)} s, each given up on; ` +
			`finished ${counts.filter((count) => count > 0).length} of ${COUNT} in ` +
			`${(took / 1000).toFixed(1)} s, twice ${counts.filter((count) => count > 1).length}; ` +
			`second reconciliation finished ${stage.mailServer.messages.length - COUNT}\n`,
	);
	expect(counts).toEqual(runIds.map(() => 1));
	expect(again).toEqual(counts);
	expect(mailsAbout(stage, String(runIds[0]))[0]?.subject).toMatch(
		/^Onboarding completed: Company \d+, APPROVED$/,
	);

	const rows = await tableRows(stage);
	expect(
		rows.map(({ workflowId, status, reported }) => [workflowId, status, Boolean(reported)]).sort(),
	).toEqual(runIds.map((runId) => [runId, 'COMPLETED', true]).sort());
	expect(JSON.stringify(rows)).not.toMatch(/Ada|Lovelace|example\.com|Company|1000000/);
}, 300_000);

it('processes each run once when webhooks and reconciliations arrive at the same moment', async () => {
	await sendWebhooksTo(stage, null);
	const runIds = await startRuns(stage, 20);
	await complete(stage, runIds);
	await sendWebhooksTo(stage, String(stage.prepared.webhookUrl));
	const tellAll = async () => {
		for (const runId of runIds) await stage.sandbox.control.post(`/runs/${runId}/deliver`);
	};
	await Promise.all([reconcile(stage), tellAll(), reconcile(stage), tellAll()]);
	await allDelivered(stage);
	await nothingUnderWay(stage);
	const counts = mailCounts(stage, runIds);
	process.stdout.write(
		`two reconciliations and 40 webhooks at once: ${countOf(counts, 1)} of ${runIds.length} ` +
			`runs finished once, ${counts.filter((count) => count > 1).length} twice\n`,
	);
	expect(counts).toEqual(runIds.map(() => 1));
}, 200_000);

it('a delivery that is repeated after a restart finishes nothing a second time', async () => {
	const runIds = await startRuns(stage, 1);
	const runId = String(runIds[0]);
	await complete(stage, runIds);
	await stage.mailServer.waitForMessage(({ text }) => text.includes(runId), 30_000);
	await stage.restart(async () => undefined);
	const before = (await stage.n8n.listExecutions(stage.prepared.completion.id)).map(({ id }) =>
		Number(id),
	);
	await stage.sandbox.control.post(`/runs/${runId}/deliver`);
	await stage.n8n.waitForExecutionOf(
		stage.prepared.completion.id,
		({ id }) => Number(id) > Math.max(...before),
		30_000,
	);
	expect(mailsAbout(stage, runId)).toHaveLength(1);
}, 120_000);

it('leaves a pending run for the next execution', async () => {
	await sendWebhooksTo(stage, null);
	const runIds = await startRuns(stage, 2);
	await reconcile(stage);
	expect(mailCounts(stage, runIds)).toEqual([0, 0]);
	await stage.sandbox.control.post(`/runs/${String(runIds[0])}/status`, { status: 'FAILED' });
	await stage.sandbox.control.post(`/runs/${String(runIds[1])}/status`, { status: 'COMPLETED' });
	await reconcile(stage);
	expect(mailCounts(stage, runIds)).toEqual([1, 1]);
	expect(mailsAbout(stage, String(runIds[0]))[0]?.subject).toMatch(
		/^Onboarding not completed: Company \d, FAILED$/,
	);
}, 120_000);

it('an e-mail that could not be sent is sent by a later reconciliation', async () => {
	const { id } = stage.prepared.mail;
	const { name, type, data = {} } = await stage.n8n.getCredential(id);
	await sendWebhooksTo(stage, null);
	const runIds = await startRuns(stage, 2);
	await complete(stage, runIds);
	await stage.n8n.updateCredential(id, {
		name,
		type,
		data: { ...data, port: await chooseFreePort() },
	});
	expect(await reconcileInVain(stage)).toMatch(
		/^2 of the runs .* tries again\. The first one, .*: The end of run .* could not be processed\./,
	);
	expect(mailCounts(stage, runIds)).toEqual([0, 0]);
	const [failed] = await stage.n8n.listExecutions(stage.prepared.completion.id);
	expect((await stage.n8n.getExecution(String(failed?.id))).error).toMatch(
		/^The end of run .* could not be processed\. TransactionLink: reconcile tries it again\.$/,
	);

	await stage.n8n.updateCredential(id, { name, type, data });
	await reconcile(stage);
	await reconcile(stage);
	expect(mailCounts(stage, runIds)).toEqual([1, 1]);
}, 120_000);
