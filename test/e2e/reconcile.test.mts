// The reconcile example processes runs whose webhook was missed, and each run only once.

import { chooseFreePort } from '../../scripts/ports.mts';
import { waitUntil } from '../../scripts/waiting.mts';
import {
	complete,
	countOf,
	deliveries,
	holdRuns,
	mailCounts,
	mailsAbout,
	reconcile,
	reconcileWithError,
	sendWebhooksTo,
	startRuns,
	tableRows,
	waitForCompletions,
	waitForDeliveries,
} from './runs.mts';
import { openStage, type Stage } from './stage.mts';

const COUNT = 50;
const DOWNTIME_MILLISECONDS = 60_000;

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
	await holdRuns(stage);
});
afterAll(async () => {
	await (stage as Stage | undefined)?.close();
});
beforeEach(async () => {
	await sendWebhooksTo(stage, String(stage.prepared.webhookUrl));
});

it(`processes ${COUNT} runs that completed while n8n was down once each`, async () => {
	const runIds = await startRuns(stage, COUNT);
	let downtime = 0;
	await stage.restart(async () => {
		const since = Date.now();
		await complete(stage, runIds);
		await waitUntil('TransactionLink to give up, and a minute to pass', async () => {
			downtime = Date.now() - since;
			const states = (await deliveries(stage)).map(({ state }) => state);
			return countOf(states, 'failed') === COUNT && downtime >= DOWNTIME_MILLISECONDS
				? true
				: undefined;
		});
	});
	expect(stage.mailServer.messages).toHaveLength(0);

	const since = Date.now();
	await reconcile(stage);
	const took = Date.now() - since;
	const counts = mailCounts(stage, runIds);
	await reconcile(stage);
	const countsAfterSecond = mailCounts(stage, runIds);
	process.stdout.write(
		`missed webhooks: ${runIds.length} runs, n8n down ${(downtime / 1000).toFixed(1)} s; ` +
			`processed ${counts.filter((count) => count > 0).length} of ${COUNT} in ` +
			`${(took / 1000).toFixed(1)} s, twice ${counts.filter((count) => count > 1).length}; ` +
			`second reconciliation processed ${stage.mailServer.messages.length - COUNT}\n`,
	);
	expect(counts).toEqual(runIds.map(() => 1));
	expect(countsAfterSecond).toEqual(counts);
	expect(mailsAbout(stage, String(runIds[0]))[0]?.subject).toMatch(
		/^Onboarding completed: Company \d+, APPROVED$/,
	);

	const rows = await tableRows(stage);
	expect(
		rows.map(({ workflowId, status, reported }) => [workflowId, status, Boolean(reported)]).sort(),
	).toEqual(runIds.map((runId) => [runId, 'COMPLETED', true]).sort());
	expect(JSON.stringify(rows)).not.toMatch(/Ada|Lovelace|example\.com|Company|1000000/);
});

it('processes each run once when webhooks and reconciliations arrive at the same moment', async () => {
	await sendWebhooksTo(stage, null);
	const runIds = await startRuns(stage, 20);
	await complete(stage, runIds);
	await sendWebhooksTo(stage, String(stage.prepared.webhookUrl));
	const deliverAll = async () => {
		for (const runId of runIds) await stage.sandbox.control.post(`/runs/${runId}/deliver`);
	};
	await Promise.all([reconcile(stage), deliverAll(), reconcile(stage), deliverAll()]);
	await waitForDeliveries(stage);
	await waitForCompletions(stage);
	const counts = mailCounts(stage, runIds);
	process.stdout.write(
		`two reconciliations and 40 webhooks at once: ${countOf(counts, 1)} of ${runIds.length} ` +
			`runs processed once, ${counts.filter((count) => count > 1).length} twice\n`,
	);
	expect(counts).toEqual(runIds.map(() => 1));
});

it('does not process a run again if its delivery is repeated after a restart', async () => {
	const runIds = await startRuns(stage, 1);
	const runId = String(runIds[0]);
	await complete(stage, runIds);
	await stage.mailServer.waitForMessage(({ text }) => text.includes(runId));
	await stage.restart(async () => undefined);
	const before = (await stage.n8n.listExecutions(stage.prepared.completion.id)).map(({ id }) =>
		Number(id),
	);
	await stage.sandbox.control.post(`/runs/${runId}/deliver`);
	await stage.n8n.waitForExecutionOf(
		stage.prepared.completion.id,
		({ id }) => Number(id) > Math.max(...before),
	);
	expect(mailsAbout(stage, runId)).toHaveLength(1);
});

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
});

it('sends an e-mail at a later reconciliation if the mail server was down', async () => {
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
	expect(await reconcileWithError(stage)).toMatch(
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
});
