// The hosted-onboarding example takes each customer to exactly one outcome, by link, reminders and new links.

import axios from 'axios';
import { at } from '../../scripts/json.mts';
import type { MailMessage } from '../../scripts/mail.mts';
import type { StoredWorkflow } from '../../scripts/n8n/workflow.mts';
import { fillInForm } from '../../scripts/onboarding/form.mts';
import { waitUntil } from '../../scripts/waiting.mts';
import { rowsOf, tablePath } from './data-tables.mts';
import { addressOf, atRest, publishExample } from './example.mts';
import { allAnswered, sendWebhooksTo } from './runs.mts';
import { openStage, type Stage } from './stage.mts';

const TABLE = 'TransactionLink invitations';
const browser = axios.create({ proxy: false, timeout: 30_000, validateStatus: () => true });

let stage: Stage;
let workflow: StoredWorkflow;
let webhook: string;
let customers = 0;

beforeAll(async () => {
	stage = await openStage();
	workflow = await publishExample(stage, 'hosted-onboarding');
	webhook = addressOf(stage, workflow, 'TransactionLink Trigger');
}, 300_000);
afterAll(async () => {
	await (stage as Stage | undefined)?.close();
});
beforeEach(async () => {
	await sendWebhooksTo(stage, webhook);
});

interface Customer {
	company: string;
	email: string;
	/** Where the browser is sent after the form. */
	redirect: string;
}

/** Opens the page that follows the form, as a browser does. Returns where it sends the browser. */
async function redirectOf(page: string): Promise<string> {
	const status = new URL(page);
	status.pathname += '/n8n-execution-status';
	await waitUntil(
		'the page after the form',
		async () =>
			String((await browser.get(status.href)).data) === 'form-waiting' ? true : undefined,
		30_000,
	);
	const { data } = await browser.get<unknown>(page, { responseType: 'text' });
	await browser.post(page, {});
	return /id='redirectUrl' href='([^']+)'/.exec(String(data))?.[1] ?? '';
}

async function fillIn(): Promise<Customer> {
	customers += 1;
	const company = `Visitor ${customers} AB`;
	const email = `visitor${customers}@example.com`;
	const page = await fillInForm(addressOf(stage, workflow, 'Onboarding Form'), {
		Email: email,
		'Company Name': company,
	});
	return { company, email, redirect: await redirectOf(String(page)) };
}

const mailsTo = ({ email }: Customer): MailMessage[] =>
	stage.mailServer.messages.filter(({ to, subject }) => to.includes(email) && subject !== '');
const mailsAbout = ({ company }: Customer): MailMessage[] =>
	stage.mailServer.messages.filter(({ subject }) => subject.includes(company));
const linkIn = ({ text }: MailMessage): string => /http:\S+/.exec(text)?.[0] ?? '';

const mailCount = async (customer: Customer, count: number): Promise<MailMessage> =>
	await waitUntil(
		`e-mail ${count}`,
		async () =>
			mailsAbout(customer).length >= count ? mailsAbout(customer)[count - 1] : undefined,
		60_000,
	);

async function rowOf({ company }: Customer): Promise<Record<string, unknown>> {
	return (await rowsOf(stage.n8n, TABLE)).find((row) => row['company'] === company) ?? {};
}

/** Changes a row of the table, as the person in front of n8n can. */
async function change(customer: Customer, data: Record<string, unknown>): Promise<void> {
	const row = await rowOf(customer);
	const filter = {
		type: 'and',
		filters: [{ columnName: 'id', condition: 'eq', value: row['id'] }],
	};
	await stage.n8n.session.call('PATCH', `${await tablePath(stage.n8n, TABLE)}/rows`, {
		filter,
		data,
	});
}

const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();

/** Lets the schedule fire. */
async function anHourPasses(): Promise<void> {
	const id = await stage.n8n.runWorkflow(workflow, 'Every Hour');
	const { status, error } = await stage.n8n.waitForExecution(id, 60_000);
	expect([status, error]).toEqual(['success', undefined]);
}

/** Opens the link and does what it asks for. */
async function finish(link: string): Promise<void> {
	expect((await browser.get(link)).status).toBe(200);
	expect((await browser.post(link)).status).toBe(200);
}

async function settled(): Promise<void> {
	await allAnswered(stage);
	await atRest(stage, workflow);
}

it('redirects the customer to the link, sends it by e-mail too, and reports the end once', async () => {
	const customer = await fillIn();
	const link = await mailCount(customer, 1);
	expect(link.to).toContain(customer.email);
	expect(linkIn(link)).toBe(customer.redirect);
	await finish(customer.redirect);
	expect((await mailCount(customer, 2)).subject).toBe(
		`Identification completed: ${customer.company}`,
	);
	await settled();
	const { data: runs } = await stage.sandbox.control.get<unknown[]>('/runs');
	await stage.sandbox.control.post(`/runs/${String(at(runs.at(-1), 'id'))}/deliver`);
	await settled();
	await anHourPasses();
	expect(mailsAbout(customer)).toHaveLength(2);
	expect(await rowOf(customer)).toMatchObject({ email: '', link: '', open: false });
}, 120_000);

it('reminds after a day, tells a colleague after the third e-mail, and still reports the end', async () => {
	const customer = await fillIn();
	await mailCount(customer, 1);
	await anHourPasses();
	expect(mailsAbout(customer)).toHaveLength(1);
	for (const count of [2, 3]) {
		await change(customer, { nextAt: hoursAgo(1) });
		await anHourPasses();
		const reminder = await mailCount(customer, count);
		expect([reminder.to, linkIn(reminder)]).toEqual([customer.email, customer.redirect]);
	}
	await change(customer, { nextAt: hoursAgo(1) });
	await anHourPasses();
	expect(await mailCount(customer, 4)).toMatchObject({
		to: 'responsible@example.com',
		subject: `No reaction: ${customer.company}`,
	});
	await anHourPasses();
	expect(mailsAbout(customer)).toHaveLength(4);
	await finish(customer.redirect);
	expect((await mailCount(customer, 5)).subject).toBe(
		`Identification completed: ${customer.company}`,
	);
	await settled();
}, 180_000);

it('sends a new link where the old one has expired, and reports nothing as failed', async () => {
	const customer = await fillIn();
	await mailCount(customer, 1);
	const { workflowId } = await rowOf(customer);
	await change(customer, { expiresAt: hoursAgo(1) });
	await stage.sandbox.control.post(`/runs/${String(workflowId)}/status`, { status: 'EXPIRED' });
	await settled();
	expect(mailsAbout(customer)).toHaveLength(1);
	await anHourPasses();
	const reminder = await mailCount(customer, 2);
	expect(reminder.subject).toBe(`Reminder: identification for ${customer.company}`);
	expect(linkIn(reminder)).not.toBe(customer.redirect);
	await finish(linkIn(reminder));
	expect((await mailCount(customer, 3)).subject).toBe(
		`Identification completed: ${customer.company}`,
	);
	await settled();
	expect(mailsTo(customer)).toHaveLength(3);
}, 120_000);

it('finds the end of a run whose webhook was lost while n8n was killed', async () => {
	const customer = await fillIn();
	await mailCount(customer, 1);
	await settled();
	await sendWebhooksTo(stage, null);
	await stage.crash(async () => await finish(customer.redirect));
	await waitUntil(
		'the run to complete',
		async () => {
			const { data } = await stage.sandbox.control.get<unknown[]>('/runs');
			return at(data.at(-1), 'status') === 'COMPLETED' ? true : undefined;
		},
		20_000,
	);
	await change(customer, { nextAt: hoursAgo(1) });
	await anHourPasses();
	expect((await mailCount(customer, 2)).subject).toBe(
		`Identification completed: ${customer.company}`,
	);
	await anHourPasses();
	expect(mailsAbout(customer)).toHaveLength(2);
}, 180_000);

it('reports a run that failed to a colleague, once', async () => {
	const customer = await fillIn();
	await mailCount(customer, 1);
	const { workflowId } = await rowOf(customer);
	for (let again = 0; again < 2; again += 1)
		await stage.sandbox.control.post(`/runs/${String(workflowId)}/status`, { status: 'REJECTED' });
	expect(await mailCount(customer, 2)).toMatchObject({
		to: 'responsible@example.com',
		subject: `Identification not completed: ${customer.company}`,
	});
	await settled();
	expect(mailsAbout(customer)).toHaveLength(2);
	expect(await rowOf(customer)).toMatchObject({ open: false });
}, 120_000);
