import axios from 'axios';

import { at, textAt } from '../json.mts';
import type { MailMessage, MailServer } from '../mail.mts';
import type { N8nClient } from '../n8n/client.mts';
import type { Execution } from '../n8n/execution.mts';
import { fillInForm } from './form.mts';
import { waitUntil } from '../waiting.mts';
import { ACTION_NODE, findNode, type Preparation, TRIGGER_NODE } from './prepare.mts';

const ONBOARDING_WITHIN_MILLISECONDS = 30_000;
const COMPLETION_WITHIN_MILLISECONDS = 45_000;
const DELIVERY_WITHIN_MILLISECONDS = 15_000;
const MAIL_WITHIN_MILLISECONDS = 15_000;

/** What came out of one onboarding. */
export interface Outcome {
	caseId?: string;
	runId?: string;
	/** What the trigger put out about the run. */
	status?: string;
	decision?: string;
	/** The sandbox got a 2xx for its webhook. */
	webhookDelivered: boolean;
	/** The trigger says so. */
	signatureVerified: boolean;
	mail?: MailMessage;
	/** What was not seen, one sentence each; empty when all of it was. */
	missing: string[];
}

interface Stage {
	n8n: N8nClient;
	mailServer: MailServer;
	sandboxUrl: string;
	prepared: Preparation;
}

async function newestExecution(n8n: N8nClient, workflowId: string): Promise<number> {
	const ids = (await n8n.listExecutions(workflowId)).map(({ id }) => Number(id));
	return Math.max(0, ...ids);
}

function fieldOf(
	execution: Execution,
	node: string | undefined,
	...path: string[]
): string | undefined {
	return node === undefined ? undefined : textAt(execution.itemsOf(node), 0, 'json', ...path);
}

async function seeOnboarding(
	{ n8n, prepared }: Stage,
	formUrl: string,
	outcome: Outcome,
): Promise<void> {
	const workflow = prepared.onboarding;
	const before = await newestExecution(n8n, workflow.id);
	await fillInForm(formUrl, {
		'First Name': 'Ada',
		'Last Name': 'Lovelace',
		Email: 'ada.lovelace@example.com',
		'Company Name': 'Analytical Engines Ltd',
		'Company Number': '0000123456',
	});
	const execution = await n8n.waitForExecutionOf(
		workflow.id,
		({ id }) => Number(id) > before,
		ONBOARDING_WITHIN_MILLISECONDS,
	);
	if (execution.status !== 'success') {
		outcome.missing.push(
			`The onboarding workflow ended with "${execution.status}": ${execution.error ?? 'no reason given'}`,
		);
	}
	const createCase = findNode(workflow, ACTION_NODE, { resource: 'case' });
	const run = findNode(workflow, ACTION_NODE, { resource: 'workflow' });
	const caseId = fieldOf(execution, createCase?.name, 'caseId');
	const runId = fieldOf(execution, run?.name, 'id');
	if (caseId === undefined) outcome.missing.push('No case was created.');
	else outcome.caseId = caseId;
	if (runId === undefined) outcome.missing.push('No run was started.');
	else outcome.runId = runId;
}

async function seeCompletion(
	{ n8n, prepared }: Stage,
	runId: string,
	outcome: Outcome,
): Promise<void> {
	const workflow = prepared.completion;
	const trigger = findNode(workflow, TRIGGER_NODE)?.name;
	const execution = await n8n.waitForExecutionOf(
		workflow.id,
		(one) => fieldOf(one, trigger, 'workflowId') === runId,
		COMPLETION_WITHIN_MILLISECONDS,
	);
	if (trigger !== undefined) {
		const told = execution.itemsOf(trigger)[0]?.json;
		outcome.signatureVerified = at(told, 'signature', 'verified') === true;
		const status = textAt(told, 'status');
		const decision = textAt(told, 'result', 'decision');
		if (status !== undefined) outcome.status = status;
		if (decision !== undefined) outcome.decision = decision;
	}
	if (!outcome.signatureVerified)
		outcome.missing.push('The signature of the webhook was not verified.');
	if (execution.status !== 'success') {
		outcome.missing.push(
			`The completion workflow ended with "${execution.status}": ${execution.error ?? 'no reason given'}`,
		);
	}
}

async function seeDelivery({ sandboxUrl }: Stage, runId: string, outcome: Outcome): Promise<void> {
	await waitUntil(
		'the sandbox to get an answer to its webhook',
		async () => {
			const { data } = await axios.get<unknown>(`${sandboxUrl}/_sandbox/deliveries`, {
				params: { runId },
				proxy: false,
			});
			const deliveries = Array.isArray(data) ? data : [];
			return deliveries.some((delivery) => textAt(delivery, 'state') === 'delivered')
				? true
				: undefined;
		},
		DELIVERY_WITHIN_MILLISECONDS,
	);
	outcome.webhookDelivered = true;
}

async function seeMail({ mailServer }: Stage, runId: string, outcome: Outcome): Promise<void> {
	outcome.mail = await mailServer.waitForMessage(
		({ text }) => text.includes(runId),
		MAIL_WITHIN_MILLISECONDS,
	);
}

/**
 * Goes through one onboarding as a customer does, and watches what comes of it: the form, the case, the run,
 * the webhook, the e-mail.
 *
 * @param stage a prepared n8n, the mail server that it sends to, and the sandbox that knows its webhook
 * @returns what was seen; what was not stands in `missing`, and nothing is thrown for it
 */
export async function runOnboarding(stage: Stage): Promise<Outcome> {
	const outcome: Outcome = { webhookDelivered: false, signatureVerified: false, missing: [] };
	const { formUrl } = stage.prepared;
	if (formUrl === undefined) {
		outcome.missing.push('The onboarding workflow has no form any more.');
		return outcome;
	}
	try {
		await seeOnboarding(stage, formUrl, outcome);
		if (outcome.runId !== undefined) {
			await seeCompletion(stage, outcome.runId, outcome);
			await seeDelivery(stage, outcome.runId, outcome);
			await seeMail(stage, outcome.runId, outcome);
		}
	} catch (error) {
		outcome.missing.push(error instanceof Error ? error.message : String(error));
	}
	return outcome;
}
