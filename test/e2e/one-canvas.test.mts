// The one-canvas example sends exactly one e-mail for each customer, even if n8n crashes or a webhook is lost.

import { textAt } from '../../scripts/json.mts';
import type { MailMessage } from '../../scripts/mail.mts';
import type { StoredWorkflow } from '../../scripts/n8n/workflow.mts';
import { fillInForm } from '../../scripts/onboarding/form.mts';
import { addressOf, publishExample, waitUntilIdle, waitUntilWaiting } from './example.mts';
import { ODOO_DATABASE, ODOO_KEY, startOdoo, type Odoo } from './odoo.mts';
import { holdRuns, reconcile, sendWebhooksTo, waitForDeliveries } from './runs.mts';
import { openStage, type Stage } from './stage.mts';

let stage: Stage;
let odoo: Odoo;
let workflow: StoredWorkflow;
let webhook: string;
let customers = 0;

beforeAll(async () => {
	stage = await openStage();
	odoo = await startOdoo(0, { contacts: [], users: [] });
	const data = { url: odoo.url, db: ODOO_DATABASE, apiKey: ODOO_KEY };
	const { id, name } = await stage.n8n.createCredential({
		name: 'Odoo account',
		type: 'odooApiKeyApi',
		data,
	});
	workflow = await publishExample(stage, 'one-canvas', {
		credentials: { odooApiKeyApi: { id, name } },
		enabled: ['Create Contact'],
	});
	webhook = addressOf(stage, workflow, 'TransactionLink Trigger');
	await holdRuns(stage);
});
afterAll(async () => {
	await (odoo as Odoo | undefined)?.close();
	await (stage as Stage | undefined)?.close();
});
beforeEach(async () => {
	await sendWebhooksTo(stage, webhook);
});

const mailsAbout = (company: string): MailMessage[] =>
	stage.mailServer.messages.filter(({ subject }) => subject.includes(company));

/** Submits the form for another customer. Returns the company. */
async function onboard(): Promise<string> {
	customers += 1;
	const company = `Customer ${customers} AB`;
	await fillInForm(addressOf(stage, workflow, 'Onboarding Form'), {
		Email: 'ada.lovelace@example.com',
		'Company Name': company,
		'Company Number': `000${customers}`,
	});
	return company;
}

async function newestRun(): Promise<string> {
	const { data } = await stage.sandbox.control.get<unknown[]>('/runs');
	return String(textAt(data.at(-1), 'id'));
}

const endRun = async (runId: string, status = 'COMPLETED') =>
	await stage.sandbox.control.post(`/runs/${runId}/status`, { status });

/** Waits for the only e-mail about a company. Returns its subject. */
async function outcomeSubject(company: string): Promise<string | undefined> {
	await stage.mailServer.waitForMessage(({ subject }) => subject.includes(company));
	await waitForDeliveries(stage);
	await waitUntilIdle(stage, workflow);
	expect(mailsAbout(company)).toHaveLength(1);
	return mailsAbout(company)[0]?.subject;
}

it('the webhook resumes the waiting execution, even after a restart and a crash of n8n', async () => {
	const company = await onboard();
	await waitUntilWaiting(stage, workflow);
	await stage.restart(() => Promise.resolve());
	await stage.crash(() => Promise.resolve());
	await endRun(await newestRun());
	expect(await outcomeSubject(company)).toBe(`Onboarding completed: ${company}, APPROVED`);
	expect(odoo.contacts).toMatchObject([{ name: company, company_registry: '0001' }]);
	await reconcile(stage);
	expect(mailsAbout(company)).toHaveLength(1);
});

it('reports a failed run once, even if its webhook is repeated', async () => {
	const company = await onboard();
	await waitUntilWaiting(stage, workflow);
	const runId = await newestRun();
	await endRun(runId, 'FAILED');
	for (let repetition = 0; repetition < 3; repetition += 1)
		await stage.sandbox.control.post(`/runs/${runId}/deliver`);
	expect(await outcomeSubject(company)).toBe(`Onboarding not completed: ${company}`);
});

it('processes a webhook that arrives before the execution waits', async () => {
	await stage.sandbox.control.patch('/settings', { pace: 0 });
	const company = await onboard();
	expect(await outcomeSubject(company)).toBe(`Onboarding completed: ${company}, APPROVED`);
	await holdRuns(stage);
});

it('gets the status when the wait times out because the webhook was lost', async () => {
	await stage.n8n.deactivateWorkflow(workflow.id);
	workflow = await publishExample(stage, 'one-canvas', {
		changes: { 'Wait for Report': { resumeAmount: 0.05, resumeUnit: 'minutes' } },
	});
	await sendWebhooksTo(stage, null);
	const company = await onboard();
	await waitUntilWaiting(stage, workflow);
	await endRun(await newestRun());
	expect(await outcomeSubject(company)).toBe(`Onboarding completed: ${company}, APPROVED`);
});
