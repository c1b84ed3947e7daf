// In n8n's editor, a user finds the nodes, fills in their panels, executes them, and sees what to do after a failure.

import { randomUUID } from 'node:crypto';

import { DEFINITION_IDS } from '../../sandbox/definitions.mts';
import type { Editor } from '../../scripts/browser/editor.mts';
import type { NewCredential } from '../../scripts/n8n/credential.mts';
import {
	ACTION_NODE,
	type CredentialReference,
	type WorkflowNode,
} from '../../scripts/n8n/workflow.mts';
import { sandboxCredential } from '../../scripts/onboarding/credentials.mts';
import { waitUntil } from '../../scripts/waiting.mts';
import type { Stage } from '../e2e/stage.mts';
import { type EditorStage, openEditorStage } from './editor-stage.mts';
import { describedOperations } from './operations.mts';
import { openPanel, searchNodes } from './panel.mts';

const operations = describedOperations();

let opened: EditorStage;
let stage: Stage;
let editor: Editor;
beforeAll(async () => {
	opened = await openEditorStage();
	({ stage, editor } = opened);
});
afterAll(async () => {
	await (opened as EditorStage | undefined)?.close();
});

const start: WorkflowNode = {
	id: randomUUID(),
	name: 'Start',
	type: 'n8n-nodes-base.manualTrigger',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

function action(
	name: string,
	index: number,
	parameters: Record<string, unknown>,
	{ id, name: credentialName }: CredentialReference,
): WorkflowNode {
	const position: [number, number] = [220 + (index % 6) * 220, Math.floor(index / 6) * 220];
	return {
		id: randomUUID(),
		name,
		type: ACTION_NODE,
		typeVersion: 1,
		position,
		parameters,
		credentials: { transactionLinkApi: { id, name: credentialName } },
	};
}

/** Opens a new workflow with these steps in the editor. The first step follows "Start". */
async function openSteps(...steps: WorkflowNode[]): Promise<void> {
	const connections =
		steps[0] === undefined
			? {}
			: { Start: { main: [[{ node: steps[0].name, type: 'main', index: 0 }]] } };
	const workflow = await stage.n8n.importWorkflow({
		name: `In the browser ${randomUUID()}`,
		nodes: [start, ...steps],
		connections,
		settings: {},
	});
	await editor.openWorkflow(workflow.id);
}

async function credentialWith(
	name: string,
	data: Record<string, unknown>,
): Promise<CredentialReference> {
	const valid: NewCredential = sandboxCredential(stage.sandboxUrl);
	return await stage.n8n.createCredential({ ...valid, name, data: { ...valid.data, ...data } });
}

it('a user finds the node, creates a case with it, and sees the case', async () => {
	await credentialWith('Another account', {});
	await openSteps();
	const nodes = await searchNodes(editor, 'TransactionLink', 'Start');
	expect(await nodes.found.allInnerTexts()).toEqual(['TransactionLink']);
	await nodes.choose('TransactionLink');
	const panel = await nodes.add('Create case for person or company');
	await panel.chooseCredential(stage.prepared.transactionLink.name);
	await panel.choose('resource', 'Case');
	await panel.choose('operation', 'Create');
	// The most common fields are visible from the start.
	expect((await panel.labels()).join()).toContain(
		'Company Name,Company Number,First Name,Last Name,Email',
	);
	await panel.fill('companyName', 'Nordlys AB');
	await panel.execute();
	const output = await panel.output.innerText();
	expect(output).toMatch(/caseId/);
	expect(output).toMatch(/companyName\W*Nordlys AB/);
	const { data: cases } = await stage.sandbox.control.get<{ caseId: string }[]>('/cases');
	expect(output).toContain(cases.at(-1)?.caseId);
});

it('a new row for a parameter is empty', async () => {
	const parameters = {
		resource: 'parameters',
		operation: 'create',
		workflowDefinitionId: DEFINITION_IDS.companyCheck,
		specifyParameters: 'fields',
	};
	await openSteps(action('Save', 0, parameters, stage.prepared.transactionLink));
	const panel = await openPanel(editor, 'Save');
	await panel.fields.getByText('Add Parameter').click();
	expect(await panel.read('value')).toBe('');
});

it('the panel of the trigger shows the address for TransactionLink, and where to enter it', async () => {
	await editor.openWorkflow(stage.prepared.completion.id);
	const panel = await openPanel(editor, 'TransactionLink Trigger');
	await panel.showProductionUrl();
	const text = await panel.fields.innerText();
	expect(text).toContain(stage.prepared.webhookUrl);
	expect(text).toMatch(
		/copy the Production URL into the webhook settings of the TransactionLink dashboard/,
	);
	expect(await panel.cutTexts()).toEqual([]);
});

it('an event reaches both the trigger that listens for a test and the published workflow', async () => {
	const { webhookUrl, webhookTestUrl, completion } = stage.prepared;
	await stage.sandbox.control.put('/webhook', { address: webhookUrl, testAddress: webhookTestUrl });
	try {
		await editor.openWorkflow(completion.id);
		const panel = await openPanel(editor, 'TransactionLink Trigger');
		await panel.showTestUrl();
		expect(await panel.fields.innerText()).toContain(webhookTestUrl);
		await panel.listenForTestEvent();
		const runId = randomUUID();
		await stage.sandbox.control.post('/runs', { id: runId });
		await stage.sandbox.control.post(`/runs/${runId}/status`, { status: 'COMPLETED' });
		await panel.output.getByText(runId).first().waitFor();
		const delivered = await waitUntil('both addresses to accept the event', async () => {
			const { data } = await stage.sandbox.control.get('/deliveries', { params: { runId } });
			const deliveries: { purpose: string; state: string }[] = data;
			const areDelivered = deliveries.every(({ state }) => state === 'delivered');
			return areDelivered ? deliveries.map(({ purpose }) => purpose) : undefined;
		});
		expect(delivered).toEqual(['production', 'test']);
	} finally {
		await stage.sandbox.control.put('/webhook', { address: webhookUrl, testAddress: null });
	}
});

describe('a failed execution shows the reason and a solution', () => {
	const getCase = { resource: 'case', operation: 'get', caseId: 'nobody' };

	it('for a wrong API key', async () => {
		const wrong = await credentialWith('Wrong key', { apiKey: 'wrong' });
		await openSteps(action('Get Case', 0, getCase, wrong));
		const panel = await openPanel(editor, 'Get Case');
		await panel.execute();
		const { heading, text } = await panel.failure();
		expect(heading).toMatch(/^TransactionLink did not accept this API key and secret/);
		expect(text).toMatch(/Copy both from the TransactionLink dashboard again, into the credential/);
		expect(text.match(/invalid_key/g)).toHaveLength(1);
	});

	it('for an unknown case', async () => {
		await openSteps(action('Get Case', 0, getCase, stage.prepared.transactionLink));
		const panel = await openPanel(editor, 'Get Case');
		await panel.execute();
		const { heading, text } = await panel.failure();
		expect(heading).toBe('TransactionLink has no case with this ID');
		expect(text).toMatch(/The field "caseId" in the output of Case → Create/);
	});
});

it('the panel of each operation shows its fields, marks required ones, and truncates no text', async () => {
	await openSteps(
		...operations.map(({ name, parameters }, index) =>
			action(name, index, parameters, stage.prepared.transactionLink),
		),
	);
	const seen: unknown[] = [];
	for (const { name } of operations) {
		const panel = await openPanel(editor, name);
		seen.push({
			name,
			labels: await panel.labels(),
			missing: await panel.missing(),
			cut: await panel.cutTexts(),
		});
		await panel.close();
	}
	expect(seen).toEqual(
		operations.map(({ name, labels, required }) => ({ name, labels, missing: required, cut: [] })),
	);
	expect(operations.length).toBeGreaterThanOrEqual(17);
});
