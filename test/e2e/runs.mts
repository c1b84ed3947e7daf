import type { N8nClient } from '../../scripts/n8n/client.mts';
import type { Execution } from '../../scripts/n8n/execution.mts';
import { fillInForm } from '../../scripts/onboarding/form.mts';
import type { Preparation } from '../../scripts/onboarding/prepare.mts';
import { runOnboarding } from '../../scripts/onboarding/run.mts';
import type { MailMessage, MailServer } from '../../scripts/mail.mts';
import type { SandboxProcess } from '../tools/sandbox-process.mts';
import { waitUntil } from '../../scripts/waiting.mts';
import { rowsOf, tablePath } from './data-tables.mts';

const CONCURRENT_FORMS = 10;
const SLOWEST_PACE = 100;

/** What the example workflows need, with n8n in one process or in queue mode. */
export interface ExampleStage {
	n8n: N8nClient;
	sandbox: SandboxProcess;
	sandboxUrl: string;
	mailServer: MailServer;
	prepared: Preparation;
}

/** Sets the address of the webhooks; with `null`, TransactionLink sends none. */
export async function sendWebhooksTo(
	{ sandbox }: ExampleStage,
	address: string | null,
): Promise<void> {
	await sandbox.control.put('/webhook', { address });
}

async function sandboxRuns({ sandbox }: ExampleStage): Promise<string[]> {
	return (await sandbox.control.get<{ id: string }[]>('/runs')).data.map(({ id }) => id);
}

/** The webhooks that TransactionLink sent, with their delivery states. */
export async function deliveries({
	sandbox,
}: ExampleStage): Promise<{ runId: string; state: string }[]> {
	return (await sandbox.control.get<{ runId: string; state: string }[]>('/deliveries')).data;
}

/** Waits until no webhook is pending. */
export async function waitForDeliveries(stage: ExampleStage): Promise<void> {
	const isPending = async () => (await deliveries(stage)).some(({ state }) => state === 'pending');
	await waitUntil('a response to each webhook', async () =>
		(await isPending()) ? undefined : true,
	);
}

/** Keeps new runs pending until a test ends them. */
export async function holdRuns({ sandbox }: ExampleStage): Promise<void> {
	await sandbox.control.patch('/settings', { pace: SLOWEST_PACE });
}

/** The e-mails about a run. */
export function mailsAbout({ mailServer }: ExampleStage, runId: string): MailMessage[] {
	return mailServer.messages.filter(({ text }) => text.includes(runId));
}

/** The number of e-mails about each run. */
export function mailCounts(stage: ExampleStage, runIds: string[]): number[] {
	return runIds.map((runId) => mailsAbout(stage, runId).length);
}

/** How many of the values equal `wanted`. */
export function countOf(values: unknown[], wanted: unknown): number {
	return values.filter((value) => value === wanted).length;
}

/** Submits onboarding forms and waits for their executions. Returns the IDs of the new runs. */
export async function startRuns(stage: ExampleStage, count: number): Promise<string[]> {
	const { n8n, prepared } = stage;
	const before = new Set(await sandboxRuns(stage));
	const ended = (await n8n.listExecutions(prepared.onboarding.id)).length;
	for (let done = 0; done < count; done += CONCURRENT_FORMS) {
		await Promise.all(
			Array.from({ length: Math.min(CONCURRENT_FORMS, count - done) }, async (_, index) => {
				await fillInForm(String(prepared.formUrl), {
					'First Name': 'Ada',
					'Last Name': 'Lovelace',
					Email: 'ada.lovelace@example.com',
					'Company Name': `Company ${done + index}`,
					'Company Number': `${1_000_000 + done + index}`,
				});
			}),
		);
	}
	const statuses = await waitUntil('the onboardings to end', async () => {
		const executions = (await n8n.listExecutions(prepared.onboarding.id)).map(
			({ status }) => status,
		);
		return executions.length === ended + count &&
			!executions.some((status) => /new|running|waiting/.test(status))
			? executions
			: undefined;
	});
	expect(new Set(statuses)).toEqual(new Set(['success']));
	return (await sandboxRuns(stage)).filter((runId) => !before.has(runId));
}

/** Sets the status of the runs to COMPLETED. */
export async function complete({ sandbox }: ExampleStage, runIds: string[]): Promise<void> {
	for (const runId of runIds)
		await sandbox.control.post(`/runs/${runId}/status`, { status: 'COMPLETED' });
}

async function reconciliation({ n8n, prepared }: ExampleStage): Promise<Execution> {
	const id = await n8n.runWorkflow(prepared.reconciliation, 'Every 15 Minutes');
	return await n8n.waitForExecution(id);
}

/** Runs the reconciliation manually and expects success. */
export async function reconcile(stage: ExampleStage): Promise<void> {
	const { status, error } = await reconciliation(stage);
	expect([status, error]).toEqual(['success', undefined]);
}

/** Runs the reconciliation manually and expects it to fail. Returns its error. */
export async function reconcileWithError(stage: ExampleStage): Promise<string> {
	const { status, error } = await reconciliation(stage);
	expect(status).toBe('error');
	return String(error);
}

/** Counts the webhook executions among the newest 100 of the completion, which also calls itself for each event. */
export async function countWebhookExecutions({ n8n, prepared }: ExampleStage): Promise<number> {
	const executions = await n8n.listExecutions(prepared.completion.id);
	return executions.filter(({ mode }) => mode === 'webhook').length;
}

/** Waits until every execution of the completion has ended. */
export async function waitForCompletions({ n8n, prepared }: ExampleStage): Promise<void> {
	await waitUntil('the completions to end', async () => {
		const executions = await n8n.listExecutions(prepared.completion.id);
		return executions.some(({ status }) => /new|running|waiting/.test(status)) ? undefined : true;
	});
}

export const RUNS_TABLE = 'TransactionLink runs';

/** The rows of the table of runs. */
export async function tableRows({ n8n }: ExampleStage): Promise<Record<string, unknown>[]> {
	return await rowsOf(n8n, RUNS_TABLE);
}

/** Renames a column of the table of runs. */
export async function renameColumn(stage: ExampleStage, from: string, to: string): Promise<void> {
	const path = `${await tablePath(stage.n8n, RUNS_TABLE)}/columns`;
	const columns = await stage.n8n.request<{ id: string; name: string }[]>('GET', path);
	const id = columns.find(({ name }) => name === from)?.id;
	await stage.n8n.request('PATCH', `${path}/${String(id)}/rename`, { name: to });
}

/** Runs one onboarding from the form to the e-mail, as `npm run demo` does, and checks each step. */
export async function expectWholeOnboarding(stage: ExampleStage): Promise<void> {
	const outcome = await runOnboarding(stage);
	expect(outcome).toMatchObject({
		missing: [],
		caseId: expect.any(String),
		runId: expect.any(String),
		status: 'COMPLETED',
		webhookDelivered: true,
		signatureVerified: true,
		mail: {
			to: expect.stringContaining('responsible@example.com'),
			text: expect.stringContaining(String(outcome.caseId)),
		},
	});
}
