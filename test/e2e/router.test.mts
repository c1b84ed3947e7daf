// The router example passes each event of the one webhook address to the workflow for its definition.

import { randomUUID } from 'node:crypto';
import { DEFINITION_IDS } from '../../sandbox/definitions.mts';
import { textAt } from '../../scripts/json.mts';
import { withSubworkflows } from '../../scripts/n8n/examples.mts';
import { N8nError } from '../../scripts/n8n/request.mts';
import type { StoredWorkflow, WorkflowFile } from '../../scripts/n8n/workflow.mts';
import { waitUntil } from '../../scripts/waiting.mts';
import { sendSigned } from './deliveries.mts';
import { addressOf, publishExample } from './example.mts';
import { sendWebhooksTo, tableRows } from './runs.mts';
import { ACTION, openStage, type Stage } from './stage.mts';

const ENTRY = 'Called by Another Workflow';

/** A workflow that receives events from the router, and stops with an error if `isFailing`. */
function receiver(name: string, isFailing = false): WorkflowFile {
	const node = (nodeName: string, type: string, typeVersion: number, parameters: object) => ({
		id: randomUUID(),
		name: nodeName,
		type: `n8n-nodes-base.${type}`,
		typeVersion,
		position: [0, 0] as [number, number],
		parameters: { ...parameters },
	});
	return {
		name,
		nodes: [
			node(ENTRY, 'executeWorkflowTrigger', 1.1, { inputSource: 'passthrough' }),
			isFailing
				? node('Next', 'stopAndError', 1, { errorMessage: 'Stopped on purpose' })
				: node('Next', 'noOp', 1, {}),
		],
		connections: { [ENTRY]: { main: [[{ node: 'Next', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}

let stage: Stage;
let router: StoredWorkflow;
let address: string;
const targets = new Map<string, StoredWorkflow>();

beforeAll(async () => {
	stage = await openStage();
	for (const name of ['hosted onboarding', 'one canvas', 'review']) {
		const file = receiver(`TransactionLink: ${name}`, name === 'review');
		const stored = await stage.n8n.importWorkflow(file);
		await stage.n8n.activateWorkflow(stored);
		targets.set(name, stored);
	}
	router = await publishExample(stage, 'router', { called: [...targets.values()] });
	address = addressOf(stage, router, 'TransactionLink Trigger');
	await sendWebhooksTo(stage, address);
});
afterAll(async () => {
	await (stage as Stage | undefined)?.close();
});

async function run(workflowDefinitionId: string, parameters: object = {}): Promise<string> {
	const execution = await stage.runAction({
		resource: 'workflow',
		operation: 'run',
		workflowDefinitionId,
		runFor: 'newCase',
		additionalFields: { companyName: 'Nordlys AB' },
		...parameters,
	});
	return String(execution.itemsOf(ACTION)[0]?.json['workflowId']);
}

const amount = {
	specifyParameters: 'fields',
	parametersUi: { values: [{ name: 'amount', type: 'number', value: 1 }] },
};

/** The status of the execution in which a target received the event of a run. */
async function receivedBy(name: string, runId: string): Promise<string> {
	return await waitUntil(`"${name}" to receive the event`, async () => {
		const { id } = targets.get(name) ?? { id: '' };
		for (const summary of await stage.n8n.listExecutions(id)) {
			if (/new|running/.test(summary.status)) continue;
			const { itemsOf, status } = await stage.n8n.getExecution(summary.id);
			if (textAt(itemsOf(ENTRY)[0]?.json, 'workflowId') === runId) return status;
		}
		return undefined;
	});
}

const countTargetExecutions = async (): Promise<number> => {
	const lists = [...targets.values()].map(({ id }) => stage.n8n.listExecutions(id));
	return (await Promise.all(lists)).flat().length;
};

it('passes an event to the workflow for its definition, and other events to the completion', async () => {
	const identity = await run(DEFINITION_IDS.identityCheck);
	expect(await receivedBy('one canvas', identity)).toBe('success');
	const company = await run(DEFINITION_IDS.companyCheck);
	const { subject } = await stage.mailServer.waitForMessage(({ text }) => text.includes(company));
	expect(subject).toBe('Onboarding completed: Nordlys AB, APPROVED');
	// The identity check sends two events: awaiting and completed.
	expect(await countTargetExecutions()).toBe(2);
});

it('passes an event without a definition to the completion', async () => {
	await stage.sandbox.control.patch('/settings', { webhookShape: 'bare' });
	const runId = await run(DEFINITION_IDS.identityCheck);
	await stage.mailServer.waitForMessage(({ text }) => text.includes(runId));
	await stage.sandbox.control.patch('/settings', { webhookShape: 'flat' });
});

const completedEvent = (workflowId: string, workflowDefinitionId: string) => ({
	event: 'workflow.completed',
	status: 'COMPLETED',
	workflowId,
	workflowDefinitionId,
});

async function deliver(events: object[], to: string): Promise<void> {
	expect((await sendSigned(stage.sandbox, to, events)).status).toBe(200);
}

/** Delivers two completed events together: one with the definition, then one of an identity check. */
async function deliverBoth(definitionId: string): Promise<{ other: string; identity: string }> {
	await sendWebhooksTo(stage, null);
	const other = await run(DEFINITION_IDS.creditCheck, amount);
	const identity = await run(DEFINITION_IDS.identityCheck);
	for (const runId of [other, identity])
		await stage.sandbox.control.post(`/runs/${runId}/status`, { status: 'COMPLETED' });
	await deliver(
		[completedEvent(other, definitionId), completedEvent(identity, DEFINITION_IDS.identityCheck)],
		address,
	);
	return { other, identity };
}

/** Deletes a workflow. n8n responds 409 until the workflow is unpublished. */
async function deleteWorkflow(id: string): Promise<void> {
	await stage.n8n.request('POST', `/workflows/${id}/archive`);
	await waitUntil('n8n to delete the workflow', async () => {
		try {
			await stage.n8n.request('DELETE', `/workflows/${id}`);
			return true;
		} catch (error) {
			if (error instanceof N8nError && error.status === 409) return undefined;
			throw error;
		}
	});
}

it('passes on the other events of a delivery if the workflow of one fails', async () => {
	const { other, identity } = await deliverBoth(DEFINITION_IDS.creditCheck);
	expect(await receivedBy('one canvas', identity)).toBe('success');
	expect(await receivedBy('review', other)).toBe('error');
});

it('passes on the other events of a delivery if the workflow of one is missing, and fails for that one', async () => {
	await deleteWorkflow(targets.get('hosted onboarding')?.id ?? '');
	const { other, identity } = await deliverBoth(DEFINITION_IDS.hostedOnboarding);
	expect(await receivedBy('one canvas', identity)).toBe('success');
	const { error } = await stage.n8n.waitForExecutionOf(
		router.id,
		({ itemsOf }) => textAt(itemsOf(ENTRY)[0]?.json, 'workflowId') === other,
	);
	expect(error).toMatch(/workflow/i);
});

it('receives a run from the reconciliation with the workflow definition of its webhook', async () => {
	await sendWebhooksTo(stage, null);
	const runId = await run(DEFINITION_IDS.identityCheck);
	await stage.sandbox.control.post(`/runs/${runId}/status`, { status: 'COMPLETED' });
	await stage.sandbox.control.post('/faults', {
		operationId: 'getWorkflowResult',
		kind: 'status',
		status: 503,
		times: 1_000,
	});
	// The completion leaves it open, because its result is unavailable.
	await deliver(
		[completedEvent(runId, DEFINITION_IDS.identityCheck)],
		String(stage.prepared.webhookUrl),
	);
	await waitUntil('the run to be in the table', async () =>
		(await tableRows(stage)).find(({ workflowId }) => workflowId === runId),
	);
	await stage.sandbox.control.delete('/faults');
	const { name, nodes, connections, settings } = withSubworkflows(stage.prepared.reconciliation, [
		{ ...router, name: 'TransactionLink: completion' },
	]);
	const reconciliation = await stage.n8n.importWorkflow({ name, nodes, connections, settings });
	const executionId = await stage.n8n.runWorkflow(reconciliation, 'Every 15 Minutes');
	const { status, error } = await stage.n8n.waitForExecution(executionId);
	expect([status, error]).toEqual(['success', undefined]);
	expect(await receivedBy('one canvas', runId)).toBe('success');
});
