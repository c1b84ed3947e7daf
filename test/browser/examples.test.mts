// In n8n's editor, a user imports an example and chooses the workflows that it calls, and the example works.

import { randomUUID } from 'node:crypto';

import { byTestId, type Editor } from '../../scripts/browser/editor.mts';
import { at, textAt } from '../../scripts/json.mts';
import {
	calledWorkflowName,
	type Example,
	exampleFile,
	exampleNames,
	readExamples,
} from '../../scripts/n8n/examples.mts';
import type { StoredWorkflow, WorkflowFile } from '../../scripts/n8n/workflow.mts';
import { waitUntil } from '../../scripts/waiting.mts';
import { sendSigned } from '../e2e/deliveries.mts';
import { addressOf } from '../e2e/example.mts';
import type { Stage } from '../e2e/stage.mts';
import { type EditorStage, openEditorStage } from './editor-stage.mts';
import { openPanel } from './panel.mts';

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

/** The nodes that call another example, each with the name of the workflow that the user has to choose. */
function callers({ nodes }: WorkflowFile): { node: string; target: string }[] {
	return nodes.flatMap((node) => {
		const target = calledWorkflowName(node);
		return target === undefined ? [] : [{ node: node.name, target }];
	});
}

const parametersOf = ({ nodes }: WorkflowFile, node: string): unknown =>
	nodes.find(({ name }) => name === node)?.parameters;

/** The inputs that nodes pass to the workflows that they call. */
function inputsOf(workflow: WorkflowFile): unknown[] {
	return callers(workflow).map(({ node }) => [
		node,
		at(parametersOf(workflow, node), 'workflowInputs', 'value') ?? {},
	]);
}

/** Imports the file of an example with "Import from File", and waits until its nodes are on the canvas. */
async function importFile(name: string, firstNode: string): Promise<void> {
	const { page, step } = editor;
	await page.goto(`${stage.n8n.url}/workflow/new`);
	const input = byTestId(page, 'workflow-import-input');
	await input.waitFor({ state: 'attached' });
	await input.setInputFiles(exampleFile(name));
	await step(firstNode).waitFor();
}

/** Saves the workflow in the editor. Returns it once each node has its chosen workflow. */
async function saveWorkflow(): Promise<StoredWorkflow> {
	const { page } = editor;
	await page.keyboard.press('Control+S');
	return await waitUntil('the editor to save the choices', async () => {
		const id = /\/workflow\/(\w+)$/.exec(new URL(page.url()).pathname)?.[1] ?? 'new';
		// The editor shows the ID before n8n has saved it.
		if (!(await stage.n8n.listWorkflows()).some((listed) => listed.id === id)) return undefined;
		const workflow = await stage.n8n.getWorkflow(id);
		const isChosen = ({ node }: { node: string }) =>
			(textAt(parametersOf(workflow, node), 'workflowId', 'value') ?? '') !== '';
		return callers(workflow).every(isChosen) ? workflow : undefined;
	});
}

// Called workflows come first, because the user can only choose workflows that n8n has.
const examples = readExamples(exampleNames()).filter(
	({ name, workflow }) => name === 'claim' || callers(workflow).length > 0,
);

/** Imports an example in the editor, and chooses the workflows that it calls. */
async function importChoosing({ name, workflow }: Example): Promise<StoredWorkflow> {
	const first = workflow.nodes.find(({ type }) => !type.endsWith('.stickyNote'));
	await importFile(name, String(first?.name));
	for (const { node, target } of callers(workflow)) {
		const panel = await openPanel(editor, node);
		await panel.chooseWorkflow(target);
		await panel.close();
	}
	return await saveWorkflow();
}

it.each(examples)(
	'$name passes on the same inputs after the called workflows are chosen',
	async (example) => {
		const imported = await importChoosing(example);
		expect(inputsOf(imported)).toEqual(inputsOf(example.workflow));
		// n8n publishes the other workflows only if "claim" is published.
		if (example.name === 'claim') await stage.n8n.activateWorkflow(imported);
	},
);

it('the tests cover every example that calls another', () => {
	expect(examples.length).toBeGreaterThanOrEqual(8);
});

it('a second copy of an example has another address, and sends the e-mail for a run', async () => {
	const completion = examples.find(({ name }) => name === 'completion');
	if (completion === undefined) throw new Error('There is no "completion".');
	const copy = await importChoosing(completion);
	await stage.n8n.activateWorkflow(copy);
	const address = addressOf(stage, copy, 'TransactionLink Trigger');
	expect(address).not.toBe(stage.prepared.webhookUrl);
	const workflowId = randomUUID();
	await stage.sandbox.control.put('/webhook', { address: null });
	await stage.sandbox.control.post('/runs', { id: workflowId, status: 'COMPLETED' });
	const event = { event: 'workflow.completed', workflowId, status: 'COMPLETED' };
	expect((await sendSigned(stage.sandbox, address, event)).status).toBe(200);
	const message = await stage.mailServer.waitForMessage(({ text }) => text.includes(workflowId));
	expect(message.subject).toMatch(/^Onboarding completed/);
});
