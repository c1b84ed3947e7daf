// The review example lets a colleague decide on each result that is not approved, and e-mails the customer.

import { localHttp } from '../../scripts/local-http.mts';
import type { StoredWorkflow } from '../../scripts/n8n/workflow.mts';
import { runCreditCheck } from './credit-check.mts';
import { addressOf, publishExample, waitUntilIdle, waitUntilWaiting } from './example.mts';
import { sendWebhooksTo } from './runs.mts';
import { ACTION, openStage, type Stage } from './stage.mts';

let stage: Stage;
let workflow: StoredWorkflow;
let companies = 0;

beforeAll(async () => {
	stage = await openStage();
	workflow = await publishExample(stage, 'review');
	await sendWebhooksTo(stage, addressOf(stage, workflow, 'TransactionLink Trigger'));
});
afterAll(async () => {
	await (stage as Stage | undefined)?.close();
});

/** Runs a credit check for a new customer. */
async function check(amount: number, markup = ''): Promise<{ company: string; customer: string }> {
	companies += 1;
	const company = `Applicant ${companies} AB${markup}`;
	const customer = `office${companies}@example.com`;
	const { status, itemsOf } = await runCreditCheck(
		stage,
		{ companyName: company, email: customer },
		amount,
	);
	expect([status, itemsOf(ACTION).length]).toEqual(['success', 1]);
	return { company, customer };
}

const mailTo = async (address: string, company: string) =>
	await stage.mailServer.waitForMessage(
		({ to, subject }) => to.includes(address) && subject.includes(company),
	);

/** Opens the link of a button in the e-mail, as a browser does. */
async function click(links: string[], approved: boolean): Promise<void> {
	const link = links.find(
		(address) => new URL(address).searchParams.get('approved') === String(approved),
	);
	const { status } = await localHttp.get(String(link), {
		headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x64) Firefox/140.0' },
	});
	expect(status).toBe(200);
}

it('welcomes an approved customer without a review', async () => {
	const { company, customer } = await check(5_000);
	expect((await mailTo(customer, company)).subject).toBe(`Welcome, ${company}`);
	expect(stage.mailServer.messages.filter(({ subject }) => subject.includes(company))).toHaveLength(
		1,
	);
});

it.each([
	[true, 'Welcome, '],
	[false, 'Your application: '],
])(
	'e-mails the decision of a colleague (approved: %s) to the customer, even after a restart',
	async (approved, subject) => {
		const { company, customer } = await check(50_000);
		const request = await mailTo('responsible@example.com', company);
		expect(request.subject).toBe(`Decision needed: ${company}, MANUAL_REVIEW`);
		await waitUntilWaiting(stage, workflow);
		await stage.restart(() => Promise.resolve());
		await click(request.links, approved);
		expect((await mailTo(customer, company)).subject).toBe(`${subject}${company}`);
		await waitUntilIdle(stage, workflow);
		expect(stage.mailServer.messages.filter(({ to }) => to.includes(customer))).toHaveLength(1);
	},
);

it('sends the colleague no link that a company name contains', async () => {
	const link = '<a href="http://elsewhere.example">Accept</a>';
	const { company } = await check(50_000, ` ${link} ${link.replaceAll('<', '&lt;')}`);
	const [plain = ''] = company.split(' <');
	const request = await mailTo('responsible@example.com', plain);
	expect(request.links.length).toBeGreaterThanOrEqual(2);
	expect(request.links.filter((address) => address.includes('elsewhere.example'))).toEqual([]);
});

it('requests one decision, even if the webhook is repeated', async () => {
	const { company } = await check(60_000);
	await mailTo('responsible@example.com', company);
	const { data } = await stage.sandbox.control.get<{ id: string }[]>('/runs');
	await stage.restart(() => Promise.resolve());
	await stage.sandbox.control.post(`/runs/${String(data.at(-1)?.id)}/deliver`);
	await waitUntilIdle(stage, workflow);
	expect(stage.mailServer.messages.filter(({ subject }) => subject.includes(company))).toHaveLength(
		1,
	);
});
