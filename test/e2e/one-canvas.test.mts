// The one-canvas example sends exactly one e-mail for each customer, whatever happens to the webhook or to n8n.

import { textAt } from '../../scripts/json.mts';
import type { MailMessage } from '../../scripts/mail.mts';
import type { StoredWorkflow } from '../../scripts/n8n/workflow.mts';
import { fillInForm } from '../../scripts/onboarding/form.mts';
import { addressOf, asleep, atRest, publishExample } from './example.mts';
import { ODOO_DATABASE, ODOO_KEY, startOdoo, type Odoo } from './odoo.mts';
import { allDelivered, letRunsWait, reconcile, sendWebhooksTo } from './runs.mts';
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
	await letRunsWait(stage);
}, 300_000);
afterAll(async () => {
	await (odoo as Odoo | undefined)?.close();
	await (stage as Stage | undefined)?.close();
});
beforeEach(async () => {
	await sendWebhooksTo(stage, webhook);
});

const mailsAbout = (company: string): MailMessage[] =>
	stage.mailServer.messages.filter(({ subject }) => subject.includes(company));

/** A customer fills in the form. */
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

const end = async (runId: string, status = 'COMPLETED') =>
	await stage.sandbox.control.post(`/runs/${runId}/status`, { status });

async function outcome(company: string): Promise<string | undefined> {
	await stage.mailServer.waitForMessage(({ subject }) => subject.includes(company), 60_000);
	await allDelivered(stage);
	await atRest(stage, workflow);
	expect(mailsAbout(company)).toHaveLength(1);
	return mailsAbout(company)[0]?.subject;
}

it('wakes the sleeping execution by the webhook, also after a restart and a crash of n8n', async () => {
	const company = await onboard();
	await asleep(stage, workflow);
	await stage.restart(() => Promise.resolve());
	await stage.crash(() => Promise.resolve());
	await end(await newestRun());
	expect(await outcome(company)).toBe(`Onboarding completed: ${company}, APPROVED`);
	expect(odoo.contacts).toMatchObject([{ name: company, company_registry: '0001' }]);
	await reconcile(stage);
	expect(mailsAbout(company)).toHaveLength(1);
}, 240_000);

it('reports a failed run once, however often its webhook is delivered', async () => {
	const company = await onboard();
	await asleep(stage, workflow);
	const runId = await newestRun();
	await end(runId, 'FAILED');
	for (let again = 0; again < 3; again += 1)
		await stage.sandbox.control.post(`/runs/${runId}/deliver`);
	expect(await outcome(company)).toBe(`Onboarding not completed: ${company}`);
}, 120_000);

it('does not lose a report that arrives before the execution sleeps', async () => {
	await stage.sandbox.control.patch('/settings', { pace: 0 });
	const company = await onboard();
	expect(await outcome(company)).toBe(`Onboarding completed: ${company}, APPROVED`);
	await letRunsWait(stage);
}, 120_000);

it('gets the status at its time limit where the webhook was lost', async () => {
	await stage.n8n.deactivateWorkflow(workflow.id);
	workflow = await publishExample(stage, 'one-canvas', {
		changes: { 'Wait for Report': { resumeAmount: 0.05, resumeUnit: 'minutes' } },
	});
	await sendWebhooksTo(stage, null);
	const company = await onboard();
	await asleep(stage, workflow);
	await end(await newestRun());
	expect(await outcome(company)).toBe(`Onboarding completed: ${company}, APPROVED`);
}, 120_000);
