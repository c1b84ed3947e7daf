// The basic examples work as imported: "notification" reports ended runs, "failed-executions" failed executions.

import { fillInForm } from '../../scripts/onboarding/form.mts';
import { addressOf, publishExample, waitUntilIdle } from './example.mts';
import { sendWebhooksTo } from './runs.mts';
import { openStage, type Stage } from './stage.mts';

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
}, 300_000);
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

async function newestRun(): Promise<string> {
	const { data } = await stage.sandbox.control.get<{ id: string }[]>('/runs');
	return String(data.at(-1)?.id);
}

it('the notification example sends one e-mail for each ended run, with the company in its subject', async () => {
	const workflow = await publishExample(stage, 'notification');
	await sendWebhooksTo(stage, addressOf(stage, workflow, 'TransactionLink Trigger'));
	await submit('Nordlys AB');
	const completed = await stage.mailServer.waitForMessage(
		({ subject }) => subject.includes('Nordlys AB'),
		30_000,
	);
	expect(completed.subject).toBe('Onboarding completed: Nordlys AB');
	expect(completed.text).toContain('Decision: APPROVED');

	await stage.sandbox.control.patch('/settings', { pace: 100 });
	await submit('Athena S.A.');
	await waitUntilIdle(stage, stage.prepared.onboarding);
	await stage.sandbox.control.post(`/runs/${await newestRun()}/status`, { status: 'CANCELLED' });
	const failed = await stage.mailServer.waitForMessage(
		({ subject }) => subject.includes('Athena S.A.'),
		30_000,
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
	const { subject, text } = await stage.mailServer.waitForMessage(
		(message) => message.subject.startsWith('Execution failed'),
		30_000,
	);
	expect(subject).toBe(`Execution failed: ${name}, watched`);
	expect(text).toMatch(
		/stopped at "Create Case"\.[^]*is not allowed to create the case[^]*http:\/\/127/,
	);
	expect(text).not.toContain('Secretive AB');
	expect(subjects().filter((line) => line.startsWith('Execution failed'))).toHaveLength(1);
});
