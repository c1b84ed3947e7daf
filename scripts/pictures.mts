// `npm run pictures`: makes the pictures of the README anew, from the editor of a real n8n: the canvas of each example
// workflow, the panels, and the dialog for the credential.

import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { DEFINITION_IDS } from '../sandbox/definitions.mts';
import { MissingBrowser, startChromium } from './browser/chromium.mts';
import { type Editor, openEditor } from './browser/editor.mts';
import { closing } from './closing.mts';
import { ACTION_NODE } from './onboarding/prepare.mts';
import { openStudio, type Studio } from './pictures/studio.mts';
import { takeCanvas, takeFields, takeNewCredential } from './pictures/take.mts';
import { projectFolder } from './project.mts';
import { beforeAnEnd, isAskedToEnd } from './signals.mts';

const folder = join(projectFolder, 'docs', 'pictures');
const WINDOW = { width: 1600, height: 1000 };
/** High enough for the longest panel without scrolling. */
const HIGH_WINDOW = { width: 1440, height: 1600 };

/** One step that goes from a company's fields to the result of its check. */
async function oneStep({ n8n, transactionLink }: Studio): Promise<{ id: string; step: string }> {
	const step = 'Run Company Check';
	const parameters = {
		resource: 'workflow',
		operation: 'run',
		workflowDefinitionId: DEFINITION_IDS.companyCheck,
		runFor: 'newCase',
		additionalFields: { companyName: 'Nordlys AB', companyNumber: '556012-5790' },
		specifyParameters: 'fields',
		parametersUi: { values: [{ name: 'amount', type: 'number', value: 1000 }] },
		waitForCompletion: true,
	};
	const { id } = await n8n.importWorkflow({
		name: 'One step',
		nodes: [
			{
				id: randomUUID(),
				name: step,
				type: ACTION_NODE,
				typeVersion: 1,
				position: [0, 0],
				parameters,
				credentials: { transactionLinkApi: transactionLink },
			},
		],
		connections: {},
		settings: {},
	});
	return { id, step };
}

function save(name: string, picture: Buffer): void {
	writeFileSync(join(making, `${name}.png`), picture);
	console.log(`docs/pictures/${name}.png  ${Math.ceil(picture.length / 1000)} kB`);
}

async function takeCanvases(studio: Studio, editor: Editor): Promise<void> {
	for (const [name, { id }] of studio.examples) {
		await editor.openWorkflow(id);
		save(`canvas-${name}`, await takeCanvas(editor));
	}
}

async function takePanels(studio: Studio, editor: Editor): Promise<void> {
	const completion = studio.examples.get('completion');
	if (completion === undefined) throw new Error('There is no example called completion.');
	await editor.openWorkflow(completion.id);
	const trigger = await editor.openPanel('TransactionLink Trigger');
	await trigger.showProductionUrl();
	save('panel-trigger', await takeFields(editor, trigger));

	const { id, step } = await oneStep(studio);
	await editor.openWorkflow(id);
	const run = await editor.openPanel(step);
	save('panel-run', await takeFields(editor, run));
	// While one is called so, n8n would call the new one "TransactionLink account 2".
	await studio.n8n.updateCredential(studio.transactionLink.id, {
		name: 'Renamed',
		type: 'transactionLinkApi',
		data: {},
	});
	save('credential', await takeNewCredential(editor, run));
}

/** In place of the ones before, which stay as long as not all of the new ones are made. */
function swapIn(): void {
	rmSync(folder, { recursive: true, force: true });
	cpSync(making, folder, { recursive: true });
}

const ends = closing();
const making = mkdtempSync(join(tmpdir(), 'transactionlink-pictures-'));
ends.add(() => {
	rmSync(making, { recursive: true, force: true });
});
beforeAnEnd(() => ends.everything());
try {
	// First, because it may be missing, and n8n takes its time.
	const browser = await startChromium();
	ends.add(() => browser.close());
	const studio = await openStudio(console.log, ends);
	await takeCanvases(studio, await openEditor(browser, studio.n8n.session, WINDOW));
	await takePanels(studio, await openEditor(browser, studio.n8n.session, HIGH_WINDOW));
	swapIn();
} catch (error) {
	// After a signal it is n8n or the browser that went down in the middle.
	if (!isAskedToEnd()) {
		if (!(error instanceof MissingBrowser)) throw error;
		console.error(error.message);
		process.exitCode = 1;
	}
} finally {
	await ends.everything();
}
