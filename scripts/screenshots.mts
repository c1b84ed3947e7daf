// `npm run screenshots`: updates the screenshots of the README from the editor of a real n8n: the canvas of each
// example workflow, two panels, and the dialog for the credential.

import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { DEFINITION_IDS } from '../sandbox/definitions.mts';
import { startChromium } from './browser/chromium.mts';
import { type Editor, openEditor } from './browser/editor.mts';
import { runProgram } from './command-line.mts';
import { chain } from './n8n/chain.mts';
import { ACTION_NODE } from './n8n/workflow.mts';
import { projectFolder, temporaryFolder } from './project.mts';
import { type ExamplesInN8n, startN8nWithExamples } from './screenshots/examples.mts';
import { takeCanvas, takeFields, takeNewCredential } from './screenshots/take.mts';
import { onShutdown } from './signals.mts';

const WINDOW = { width: 1600, height: 1000 };
/** High enough for the longest panel without scrolling. */
const HIGH_WINDOW = { width: 1440, height: 1600 };

const RUN_COMPANY_CHECK = {
	resource: 'workflow',
	operation: 'run',
	workflowDefinitionId: DEFINITION_IDS.companyCheck,
	runFor: 'newCase',
	additionalFields: { companyName: 'Nordlys AB', companyNumber: '556012-5790' },
	specifyParameters: 'fields',
	parametersUi: { values: [{ name: 'amount', type: 'number', value: 1000 }] },
	waitForCompletion: true,
};

/** Saves a screenshot under a name. */
type Save = (name: string, picture: Buffer) => void;

async function takeCanvases(
	{ examples }: ExamplesInN8n,
	editor: Editor,
	save: Save,
): Promise<void> {
	for (const [name, { id }] of examples) {
		await editor.openWorkflow(id);
		save(`canvas-${name}`, await takeCanvas(editor));
	}
}

async function takePanels(
	{ n8n, examples, transactionLink }: ExamplesInN8n,
	editor: Editor,
	save: Save,
): Promise<void> {
	await editor.openWorkflow(examples.get('completion')?.id ?? '');
	const trigger = await editor.openPanel('TransactionLink Trigger');
	await trigger.showProductionUrl();
	save('panel-trigger', await takeFields(editor, trigger));

	const step = {
		name: 'Run Company Check',
		type: ACTION_NODE,
		parameters: RUN_COMPANY_CHECK,
		credentials: { transactionLinkApi: transactionLink },
	};
	const workflow = chain('One step', step);
	await editor.openWorkflow((await n8n.importWorkflow(workflow)).id);
	const run = await editor.openPanel(step.name);
	save('panel-run', await takeFields(editor, run));
	// Or n8n would name the new credential "TransactionLink account 2".
	const renamed = { name: 'Renamed', type: 'transactionLinkApi', data: {} };
	await n8n.updateCredential(transactionLink.id, renamed);
	save('credential', await takeNewCredential(editor, run));
}

await runProgram(async () => {
	await using ends = new AsyncDisposableStack();
	onShutdown(() => ends.disposeAsync());
	const taken = temporaryFolder('pictures', ends);
	const save: Save = (name, picture) => {
		writeFileSync(join(taken, `${name}.png`), picture);
		console.log(`docs/pictures/${name}.png  ${Math.ceil(picture.length / 1000)} kB`);
	};
	// First, because it may be missing, and n8n takes a while.
	const browser = ends.use(await startChromium());
	const inN8n = await startN8nWithExamples(ends);
	await takeCanvases(inN8n, await openEditor(browser, inN8n.n8n, WINDOW), save);
	await takePanels(inN8n, await openEditor(browser, inN8n.n8n, HIGH_WINDOW), save);
	// Only now, so that an error leaves all of the old ones.
	const folder = join(projectFolder, 'docs', 'pictures');
	rmSync(folder, { recursive: true, force: true });
	cpSync(taken, folder, { recursive: true });
});
