// The basic examples work as imported: "notification" reports ended runs, "failed-executions" failed executions.

import { fillInForm } from '../../scripts/onboarding/form.mts';
import { waitUntil } from '../../scripts/waiting.mts';
import { addressOf, publishExample } from './example.mts';
import { sendWebhooksTo } from './runs.mts';
import { openStage, type Stage } from './stage.mts';

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
afterAll(async () => {
	await (stage as Stage | undefined)?.close();
});

const subjects = () => stage.mailServer.messages.map(({ subject }) => subject);

async function submit(company: string): Promise<void> {
	await fillInForm(String(stage.prepared.formUrl), {
		'First Name': 'Ada',
		'Last Name': 'Lovelace',
		Email: 'ada.lovelace@example.com',
		'Company Name': company,
		'Company Number': '0000123456',
	});
}

async function listRuns(): Promise<{ id: string }[]> {
	return (await stage.sandbox.control.get<{ id: string }[]>('/runs')).data;
}

/** Submits the form, and waits for the run: n8n 1 responds before it stores the execution that starts it. */
async function submitForRun(company: string): Promise<string> {
	const { length } = await listRuns();
	await submit(company);
	return await waitUntil('the run', async () => (await listRuns())[length]?.id);
}

it('the notification example sends one e-mail for each ended run, with the company in its subject', async () => {
	const workflow = await publishExample(stage, 'notification');
	await sendWebhooksTo(stage, addressOf(stage, workflow, 'TransactionLink Trigger'));
	await submit('Nordlys AB');
	const completed = await stage.mailServer.waitForMessage(({ subject }) =>
		subject.includes('Nordlys AB'),
	);
	expect(completed.subject).toBe('Onboarding completed: Nordlys AB');
	expect(completed.text).toContain('Decision: APPROVED');

	await stage.sandbox.control.patch('/settings', { pace: 100 });
	const runId = await submitForRun('Athena S.A.');
	await stage.sandbox.control.post(`/runs/${runId}/status`, { status: 'CANCELLED' });
	const failed = await stage.mailServer.waitForMessage(({ subject }) =>
		subject.includes('Athena S.A.'),
	);
	expect(failed.subject).toBe('Onboarding not completed: Athena S.A.');
	await stage.sandbox.control.patch('/settings', { pace: 1 });
});

it('the failed-executions example sends one e-mail with the workflow, the node and the error', async () => {
	const reporter = await publishExample(stage, 'failed-executions');
	const { n8n, prepared } = stage;
	const { name, nodes, connections, settings } = prepared.onboarding;
	await n8n.deactivateWorkflow(prepared.onboarding.id);
	const watched = await n8n.importWorkflow({
		name: `${name}, watched`,
		nodes,
		connections,
		settings: { ...settings, errorWorkflow: reporter.id },
	});
	await n8n.activateWorkflow(watched);
	await stage.sandbox.control.post('/faults', {
		operationId: 'createCase',
		kind: 'status',
		status: 403,
		times: 1,
	});
	await submit('Secretive AB');
	const { subject, text } = await stage.mailServer.waitForMessage((message) =>
		message.subject.startsWith('Execution failed'),
	);
	expect(subject).toBe(`Execution failed: ${name}, watched`);
	expect(text).toMatch(
		/stopped at "Create Case"\.[^]*is not allowed to create the case\n[^]*had no effect[^]*\n\nhttp:\/\/127/,
	);
	expect(text).not.toContain('Secretive AB');
	expect(subjects().filter((line) => line.startsWith('Execution failed'))).toHaveLength(1);
});
