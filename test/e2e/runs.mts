import type { N8nClient } from '../../scripts/n8n/client.mts';
import type { Execution } from '../../scripts/n8n/execution.mts';
import { fillInForm } from '../../scripts/onboarding/form.mts';
import type { Preparation } from '../../scripts/onboarding/prepare.mts';
import { runOnboarding } from '../../scripts/onboarding/run.mts';
import type { MailMessage, MailServer } from '../../scripts/mail.mts';
import type { SandboxProcess } from '../../scripts/sandbox-process.mts';
import { waitUntil } from '../../scripts/waiting.mts';
import { rowsOf, tablePath } from './data-tables.mts';

const AT_ONCE = 10;
const NEVER_BY_THEMSELVES = 100;

/** What the example workflows run on, in one process or in several. */
export interface ExampleStage {
	n8n: N8nClient;
	sandbox: SandboxProcess;
	sandboxUrl: string;
	mailServer: MailServer;
	prepared: Preparation;
}

/** Lets TransactionLink send its webhooks there, or nowhere if it is `null`. */
export async function sendWebhooksTo(
	{ sandbox }: ExampleStage,
	address: string | null,
): Promise<void> {
	await sandbox.control.put('/webhook', { address });
}

async function sandboxRuns({ sandbox }: ExampleStage): Promise<string[]> {
	return (await sandbox.control.get<{ id: string }[]>('/runs')).data.map(({ id }) => id);
}

/** The webhooks that TransactionLink sent, and how far each one is. */
export async function deliveries({
	sandbox,
}: ExampleStage): Promise<{ runId: string; state: string }[]> {
	return (await sandbox.control.get<{ runId: string; state: string }[]>('/deliveries')).data;
}

/** Waits until TransactionLink has nothing under way any more. */
export async function allDelivered(stage: ExampleStage): Promise<void> {
	const isPending = async () => (await deliveries(stage)).some(({ state }) => state === 'pending');
	await waitUntil(
		'a response to each webhook',
		async () => ((await isPending()) ? undefined : true),
		30_000,
	);
}

/** From now on, runs end only when a test ends them. */
export async function letRunsWait({ sandbox }: ExampleStage): Promise<void> {
	await sandbox.control.patch('/settings', { pace: NEVER_BY_THEMSELVES });
}

/** The e-mails about a run. */
export function mailsAbout({ mailServer }: ExampleStage, runId: string): MailMessage[] {
	return mailServer.messages.filter(({ text }) => text.includes(runId));
}

/** How many e-mails tell of each of the runs. */
export function mailCounts(stage: ExampleStage, runIds: string[]): number[] {
	return runIds.map((runId) => mailsAbout(stage, runId).length);
}

/** How many of the values are the wanted one. */
export function countOf(values: unknown[], wanted: unknown): number {
	return values.filter((value) => value === wanted).length;
}

/** Lets customers fill in the form, and answers the IDs of the runs that are noted in the table then. */
export async function startRuns(stage: ExampleStage, count: number): Promise<string[]> {
	const { n8n, prepared } = stage;
	const before = new Set(await sandboxRuns(stage));
	const ended = (await n8n.listExecutions(prepared.onboarding.id)).length;
	for (let done = 0; done < count; done += AT_ONCE) {
		await Promise.all(
			Array.from({ length: Math.min(AT_ONCE, count - done) }, async (_, place) => {
				await fillInForm(String(prepared.formUrl), {
					'First Name': 'Ada',
					'Last Name': 'Lovelace',
					Email: 'ada.lovelace@example.com',
					'Company Name': `Company ${done + place}`,
					'Company Number': `${1_000_000 + done + place}`,
				});
			}),
		);
	}
	const statuses = await waitUntil(
		'the onboardings to end',
		async () => {
			const executions = (await n8n.listExecutions(prepared.onboarding.id)).map(
				({ status }) => status,
			);
			return executions.length === ended + count &&
				!executions.some((status) => /new|running|waiting/.test(status))
				? executions
				: undefined;
		},
		60_000,
	);
	expect(new Set(statuses)).toEqual(new Set(['success']));
	return (await sandboxRuns(stage)).filter((runId) => !before.has(runId));
}

/** Lets the runs come to their good end. */
export async function complete({ sandbox }: ExampleStage, runIds: string[]): Promise<void> {
	for (const runId of runIds)
		await sandbox.control.post(`/runs/${runId}/status`, { status: 'COMPLETED' });
}

async function reconciliation({ n8n, prepared }: ExampleStage): Promise<Execution> {
	const id = await n8n.runWorkflow(prepared.reconciliation, 'Every 15 Minutes');
	return await n8n.waitForExecution(id, 120_000);
}

/** Presses "Execute workflow" on the reconciliation, and waits for its good end. */
export async function reconcile(stage: ExampleStage): Promise<void> {
	const { status, error } = await reconciliation(stage);
	expect([status, error]).toEqual(['success', undefined]);
}

/** The same where something does not work: waits for its bad end, and answers what it says. */
export async function reconcileInVain(stage: ExampleStage): Promise<string> {
	const { status, error } = await reconciliation(stage);
	expect(status).toBe('error');
	return String(error);
}

/** How many of the newest 100 executions of the completion a delivery started: it starts itself for each event. */
export async function startsByWebhook({ n8n, prepared }: ExampleStage): Promise<number> {
	const executions = await n8n.listExecutions(prepared.completion.id);
	return executions.filter(({ mode }) => mode === 'webhook').length;
}

/** Waits until every execution of the completion has ended. */
export async function nothingUnderWay({ n8n, prepared }: ExampleStage): Promise<void> {
	await waitUntil(
		'the completions to end',
		async () => {
			const executions = await n8n.listExecutions(prepared.completion.id);
			return executions.some(({ status }) => /new|running|waiting/.test(status)) ? undefined : true;
		},
		60_000,
	);
}

const RUNS_TABLE = 'TransactionLink runs';

/** What the table of runs contains, as the person in front of n8n sees it. */
export async function tableRows({ n8n }: ExampleStage): Promise<Record<string, unknown>[]> {
	return await rowsOf(n8n, RUNS_TABLE);
}

/** Renames a column of the table of runs, as a person can in n8n. */
export async function renameColumn(stage: ExampleStage, from: string, to: string): Promise<void> {
	const path = `${await tablePath(stage.n8n, RUNS_TABLE)}/columns`;
	const columns = await stage.n8n.session.call<{ id: string; name: string }[]>('GET', path);
	const id = columns.find(({ name }) => name === from)?.id;
	await stage.n8n.session.call('PATCH', `${path}/${String(id)}/rename`, { name: to });
}

/** Lets one onboarding run from the form to the e-mail, as `npm run demo` does, and looks at each step of it. */
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
