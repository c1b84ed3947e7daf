import { localHttp } from '../../scripts/local-http.mts';
import { at } from '../../scripts/json.mts';
import type { MailMessage } from '../../scripts/mail.mts';
import type { Execution } from '../../scripts/n8n/execution.mts';
import type { StoredWorkflow } from '../../scripts/n8n/workflow.mts';
import { fillInForm } from '../../scripts/onboarding/form.mts';
import { TIMEOUT_MILLISECONDS, waitUntil } from '../../scripts/waiting.mts';
import { changeRows, rowsOf } from './data-tables.mts';
import { addressOf, publishExample, waitUntilIdle } from './example.mts';
import { sendWebhooksTo, waitForDeliveries } from './runs.mts';
import { openStage, type Stage } from './stage.mts';

const TABLE = 'TransactionLink invitations';
const browser = localHttp.create({
	timeout: TIMEOUT_MILLISECONDS,
	validateStatus: () => true,
});

/** A customer who has submitted the form. */
export interface Customer {
	company: string;
	email: string;
	/** The address to which the form redirects the browser. */
	redirect: string;
}

export const linkIn = ({ text }: MailMessage): string => /http:\S+/.exec(text)?.[0] ?? '';
export const hoursAgo = (hours: number): string =>
	new Date(Date.now() - hours * 3_600_000).toISOString();

/** Opens the page that follows the form, as a browser does. Returns the address of its redirect. */
async function redirectOf(page: string): Promise<string> {
	const status = new URL(page);
	status.pathname += '/n8n-execution-status';
	await waitUntil('the page after the form', async () =>
		String((await browser.get(status.href)).data) === 'form-waiting' ? true : undefined,
	);
	const { data } = await browser.get<unknown>(page, { responseType: 'text' });
	await browser.post(page, {});
	return /id='redirectUrl' href='([^']+)'/.exec(String(data))?.[1] ?? '';
}

/** Opens the link and completes its steps. */
export async function finish(link: string): Promise<void> {
	expect((await browser.get(link)).status).toBe(200);
	expect((await browser.post(link)).status).toBe(200);
}

/** Drives the published hosted-onboarding example. */
export class HostedOnboarding {
	readonly stage: Stage;
	readonly workflow: StoredWorkflow;
	#customers = 0;

	constructor(stage: Stage, workflow: StoredWorkflow) {
		this.stage = stage;
		this.workflow = workflow;
	}

	/** Sends the sandbox's webhooks to the example. */
	async receiveWebhooks(): Promise<void> {
		await sendWebhooksTo(
			this.stage,
			addressOf(this.stage, this.workflow, 'TransactionLink Trigger'),
		);
	}

	/** Submits the form. Returns the customer and the page that follows. */
	async submit(): Promise<{ customer: Customer; page: string }> {
		this.#customers += 1;
		const company = `Visitor ${this.#customers} AB`;
		const email = `visitor${this.#customers}@example.com`;
		const page = await fillInForm(addressOf(this.stage, this.workflow, 'Onboarding Form'), {
			Email: email,
			'Company Name': company,
		});
		return { customer: { company, email, redirect: '' }, page: String(page) };
	}

	/** Submits the form, follows its redirect, and waits for the e-mail with the link. */
	async invite(): Promise<Customer> {
		const { customer, page } = await this.submit();
		const redirect = await redirectOf(page);
		await this.mail(customer, 1);
		await this.waitUntilSettled();
		return { ...customer, redirect };
	}

	readonly mailsAbout = ({ company }: Customer): MailMessage[] =>
		this.stage.mailServer.messages.filter(({ subject }) => subject.includes(company));
	readonly subjectsAbout = (customer: Customer): string[] =>
		this.mailsAbout(customer).map(({ subject }) => subject);

	/** Waits until there are `count` e-mails about a customer. Returns the last of them. */
	async mail(customer: Customer, count: number): Promise<MailMessage> {
		const find = async () => this.mailsAbout(customer)[count - 1];
		return await waitUntil(`e-mail ${count}`, find);
	}

	/** The table row of the customer's invitation. */
	async row({ company }: Customer): Promise<Record<string, unknown>> {
		const rows = await rowsOf(this.stage.n8n, TABLE);
		return rows.find((row) => row['company'] === company) ?? {};
	}

	/** Changes the table row of the customer's invitation. */
	async change(customer: Customer, data: Record<string, unknown>): Promise<void> {
		const { id } = await this.row(customer);
		await changeRows(this.stage.n8n, TABLE, 'id', id, data);
	}

	/** Makes the next e-mail to the customer due, as if a day had passed. */
	async makeDue(customer: Customer): Promise<void> {
		await this.change(customer, { nextAt: hoursAgo(1), busyUntil: hoursAgo(1) });
	}

	/** Runs the hourly schedule. Returns the execution, successful or not. */
	async executeSchedule(): Promise<Execution> {
		const id = await this.stage.n8n.runWorkflow(this.workflow, 'Every Hour');
		return await this.stage.n8n.waitForExecution(id);
	}

	/** Runs the hourly schedule and expects success. */
	async runSchedule(): Promise<void> {
		const { status, error } = await this.executeSchedule();
		expect([status, error]).toEqual(['success', undefined]);
	}

	/** Sets the status of the customer's run. TransactionLink sends a webhook for it. */
	async setStatus(customer: Customer, status: string): Promise<void> {
		const { workflowId } = await this.row(customer);
		await this.stage.sandbox.control.post(`/runs/${String(workflowId)}/status`, { status });
	}

	/** Waits until the newest run has a status. Returns its ID. */
	async waitForNewestRun(status: string): Promise<string> {
		const find = async () => {
			const { data } = await this.stage.sandbox.control.get<unknown[]>('/runs');
			return at(data.at(-1), 'status') === status ? String(at(data.at(-1), 'id')) : undefined;
		};
		return await waitUntil(`the newest run to be ${status}`, find);
	}

	/** Waits until no webhook is pending and no execution is running. */
	async waitUntilSettled(): Promise<void> {
		await waitForDeliveries(this.stage);
		await waitUntilIdle(this.stage, this.workflow);
	}
}

/** Starts n8n and publishes the example in it. */
export async function openHostedOnboarding(): Promise<HostedOnboarding> {
	const stage = await openStage();
	return new HostedOnboarding(stage, await publishExample(stage, 'hosted-onboarding'));
}
