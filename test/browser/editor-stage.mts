import { startChromium } from '../../scripts/browser/chromium.mts';
import { type Editor, openEditor } from '../../scripts/browser/editor.mts';
import { openStage, type Stage } from '../e2e/stage.mts';

/** A real n8n with the packed package, and its editor in a browser. */
export interface EditorStage {
	stage: Stage;
	editor: Editor;
	close(): Promise<void>;
}

/**
 * Starts n8n and opens its editor.
 *
 * @throws when Chromium is missing
 */
export async function openEditorStage(): Promise<EditorStage> {
	// First, because Chromium may be missing, and then n8n need not start.
	const browser = await startChromium();
	let stage: Stage | undefined;
	const close = async (): Promise<void> => {
		await browser.close();
		await stage?.close();
	};
	try {
		stage = await openStage();
		const editor = await openEditor(browser, stage.n8n, { width: 1440, height: 900 });
		return { stage, editor, close };
	} catch (error) {
		await close();
		throw error;
	}
}
