import { startChromium } from '../../scripts/browser/chromium.mts';
import { type Editor, openEditor } from '../../scripts/browser/editor.mts';
import { openStage, type Stage } from '../e2e/stage.mts';

/** An n8n with everything around it, and its editor in a browser. */
export interface EditorStage {
	stage: Stage;
	editor: Editor;
	close(): Promise<void>;
}

/** Starts both. @throws when there is no Chromium */
export async function openEditorStage(): Promise<EditorStage> {
	// First, because it may be missing, and a starting n8n would be left behind.
	const browser = await startChromium();
	let stage: Stage | undefined;
	const close = async (): Promise<void> => {
		await browser.close();
		await stage?.close();
	};
	try {
		stage = await openStage();
		const editor = await openEditor(browser, stage.n8n.session, { width: 1440, height: 900 });
		return { stage, editor, close };
	} catch (error) {
		await close();
		throw error;
	}
}
