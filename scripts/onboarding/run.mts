import { localHttp } from '../local-http.mts';

import { messageOf } from '../command-line.mts';
import { at, textAt } from '../json.mts';
import type { MailMessage, MailServer } from '../mail.mts';
import type { N8nClient } from '../n8n/client.mts';
import type { Execution } from '../n8n/execution.mts';
import { waitUntil } from '../waiting.mts';
import { fillInForm } from './form.mts';
import { ACTION_NODE, TRIGGER_NODE } from '../n8n/workflow.mts';
import { findNode, type Preparation, SUBWORKFLOW_TRIGGER_NODE } from './prepare.mts';

/** The result of one onboarding. */
export interface OnboardingResult {
	caseId?: string | undefined;
	runId?: string | undefined;
	/** As the trigger reported them. */
	status?: string | undefined;
	decision?: string | undefined;
	/** Whether the sandbox got a 2xx for its webhook. */
	webhookDelivered: boolean;
	/** Whether the trigger reported it. */
	signatureVerified: boolean;
	mail?: MailMessage;
	/** One sentence for each part that is missing. */
	missing: string[];
}

interface Environment {
	n8n: N8nClient;
	mailServer: MailServer;
	sandboxUrl: string;
	prepared: Preparation;
}

function field(execution: Execution, node: string | undefined, name: string): string | undefined {
	return node === undefined ? undefined : textAt(execution.itemsOf(node), 0, 'json', name);
}

function noteStatus(
	outcome: OnboardingResult,
	workflow: string,
	{ status, error }: Execution,
): void {
	if (status === 'success') return;
	const reason = error ?? 'no reason given';
	outcome.missing.push(`The ${workflow} workflow ended with "${status}": ${reason}`);
}

async function runForm(
	{ n8n, prepared: { onboarding } }: Environment,
	formUrl: string,
	outcome: OnboardingResult,
): Promise<void> {
	const ids = (await n8n.listExecutions(onboarding.id)).map(({ id }) => Number(id));
	const newest = Math.max(0, ...ids);
	await fillInForm(formUrl, {
		'First Name': 'Ada',
		'Last Name': 'Lovelace',
		Email: 'ada.lovelace@example.com',
		'Company Name': 'Analytical Engines Ltd',
		'Company Number': '0000123456',
	});
	const isNew = ({ id }: Execution) => Number(id) > newest;
	const execution = await n8n.waitForExecutionOf(onboarding.id, isNew);
	noteStatus(outcome, 'onboarding', execution);
	const createCase = findNode(onboarding, ACTION_NODE, { resource: 'case' });
	const run = findNode(onboarding, ACTION_NODE, { resource: 'workflow' });
	outcome.caseId = field(execution, createCase?.name, 'caseId');
	outcome.runId = field(execution, run?.name, 'id');
	if (outcome.caseId === undefined) outcome.missing.push('No case was created.');
	if (outcome.runId === undefined) outcome.missing.push('No run was started.');
}

async function awaitCompletion(
	{ n8n, prepared: { completion } }: Environment,
	runId: string,
	outcome: OnboardingResult,
): Promise<void> {
	// The router starts it at its second entry, and it starts itself there for each event that its trigger receives.
	const called = findNode(completion, SUBWORKFLOW_TRIGGER_NODE);
	const entry = (called ?? findNode(completion, TRIGGER_NODE))?.name;
	const eventIn = (one: Execution) =>
		entry === undefined ? undefined : one.itemsOf(entry)[0]?.json;
	const isOfRun = (one: Execution) => textAt(eventIn(one), 'workflowId') === runId;
	const execution = await n8n.waitForExecutionOf(completion.id, isOfRun);
	const event = eventIn(execution);
	outcome.signatureVerified = at(event, 'signature', 'verified') === true;
	outcome.status = textAt(event, 'status');
	outcome.decision = textAt(event, 'result', 'decision');
	if (!outcome.signatureVerified) outcome.missing.push("The webhook's signature was not verified.");
	noteStatus(outcome, 'completion', execution);
}

async function awaitDelivery({ sandboxUrl }: Environment, runId: string): Promise<void> {
	const isDelivered = async () => {
		const { data } = await localHttp.get<unknown>(`${sandboxUrl}/_sandbox/deliveries`, {
			params: { runId },
		});
		const deliveries = Array.isArray(data) ? data : [];
		return deliveries.some((one) => textAt(one, 'state') === 'delivered') ? true : undefined;
	};
	await waitUntil('a response to the webhook', isDelivered);
}

/**
 * Runs one onboarding as a customer: fills in the form, and waits for the case, the run, the webhook and the e-mail.
 *
 * @returns what happened, with the missing parts; throws nothing
 */
export async function runOnboarding(environment: Environment): Promise<OnboardingResult> {
	const outcome: OnboardingResult = {
		webhookDelivered: false,
		signatureVerified: false,
		missing: [],
	};
	const { formUrl } = environment.prepared;
	try {
		if (formUrl === undefined) throw new Error('The onboarding workflow has no form.');
		await runForm(environment, formUrl, outcome);
		const { runId } = outcome;
		if (runId === undefined) return outcome;
		await awaitCompletion(environment, runId, outcome);
		await awaitDelivery(environment, runId);
		outcome.webhookDelivered = true;
		const isOfRun = ({ text }: MailMessage) => text.includes(runId);
		outcome.mail = await environment.mailServer.waitForMessage(isOfRun);
	} catch (error) {
		outcome.missing.push(messageOf(error));
	}
	return outcome;
}
