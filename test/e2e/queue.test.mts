import axios from 'axios';
import { runOnboarding } from '../../scripts/onboarding/run.mts';
import { openQueueStage, type QueueStage } from './queue-stage.mts';

let stage: QueueStage;
beforeAll(async () => {
	stage = await openQueueStage();
}, 300_000);
afterAll(async () => { await (stage as QueueStage | undefined)?.close(); }, 120_000);

it('an onboarding runs by itself in queue mode: form, case, run, signed webhook, e-mail', async () => {
	const outcome = await runOnboarding({ ...stage });
	expect(outcome).toMatchObject({
		missing: [],
		caseId: expect.any(String),
		runId: expect.any(String),
		status: 'COMPLETED',
		webhookDelivered: true,
		signatureVerified: true,
		mail: { to: expect.stringContaining('responsible@example.com'), text: expect.stringContaining(String(outcome.caseId)) },
	});
});

it('form and webhook are the webhook processor\'s: the main process does not know them', async () => {
	const { formUrl, webhookUrl } = stage.prepared;
	for (const address of [formUrl, webhookUrl]) {
		const { pathname } = new URL(String(address));
		const answer = await axios.post(`${stage.cluster.main.url}${pathname}`, {}, { validateStatus: () => true, proxy: false });
		expect(answer.status).toBe(404);
	}
});
