import type { Locator, Page } from 'playwright-core';

import { byTestId, type Editor, type Panel } from '../browser/editor.mts';

const MARGIN = 16;
const ON_CANVAS = '[data-test-id="canvas-node"], [data-test-id="sticky"]';

/** What is beside the box of a node: its name, and the button that adds the next node. */
const BESIDE_NODES =
	'[data-test-id="canvas-node"] [class*="_description_"], [data-test-id="canvas-handle-plus"]';

/** Hides what the editor shows above a canvas, and stops what moves or blinks. */
const QUIET = `
	.vue-flow__panel, .vue-flow__minimap, .vue-flow__background,
	[data-test-id="execute-workflow-button"], [data-test-id="canvas-controls"], [class*="_executionButtons_"]
	{ display: none !important; }
	*, *::before, *::after
	{ animation: none !important; transition: none !important; caret-color: transparent !important; }
`;

/** The smallest rectangle around some elements, with a margin, in pixels. */
async function frameAround(parts: Locator) {
	const boxes = await parts.evaluateAll((elements) =>
		elements.map((element) => {
			const { left, top, right, bottom } = element.getBoundingClientRect();
			return { left, top, right, bottom };
		}),
	);
	const x = Math.floor(Math.min(...boxes.map(({ left }) => left)) - MARGIN);
	const y = Math.floor(Math.min(...boxes.map(({ top }) => top)) - MARGIN);
	const right = Math.ceil(Math.max(...boxes.map((box) => box.right)) + MARGIN);
	const bottom = Math.ceil(Math.max(...boxes.map((box) => box.bottom)) + MARGIN);
	return { x, y, width: right - x, height: bottom - y };
}

/** Waits until fonts and images are loaded and nothing moves. */
async function settle(page: Page): Promise<void> {
	await page.addStyleTag({ content: QUIET });
	await page.mouse.move(0, 0);
	const hasSettled = (selector: string) => {
		const elements = Array.from(document.querySelectorAll(selector));
		const positions = JSON.stringify(elements.map((element) => element.getBoundingClientRect()));
		const isStill = document.body.dataset['positions'] === positions;
		document.body.dataset['positions'] = positions;
		const areImagesLoaded = Array.from(document.images).every(({ complete }) => complete);
		return isStill && areImagesLoaded && document.fonts.status === 'loaded';
	};
	await page.waitForFunction(hasSettled, `${ON_CANVAS}, [data-test-id="ndv"]`, { polling: 500 });
}

/** Takes a screenshot of a canvas with its steps and notes, without the editor around it. */
export async function takeCanvas({ page }: Editor): Promise<Buffer> {
	await byTestId(page, 'zoom-to-fit').click();
	await settle(page);
	const parts = page.locator(`${ON_CANVAS}, ${BESIDE_NODES}`).filter({ visible: true });
	return await page.screenshot({ clip: await frameAround(parts) });
}

/** Takes a screenshot of a panel's middle column, down to its last field. */
export async function takeFields({ page }: Editor, { whole, fields }: Panel): Promise<Buffer> {
	await settle(page);
	const filled = fields
		.locator(
			'[data-test-id="parameter-item"], [data-test-id="node-credentials-slot"], .notice, label',
		)
		.filter({ visible: true });
	const { y, height } = await frameAround(filled);
	const { x, width } = await frameAround(fields);
	const head = await frameAround(byTestId(whole, 'node-execute-button'));
	// From the upper edge of the column on, which is half a margin above its button.
	const top = head.y + MARGIN / 2;
	return await page.screenshot({
		clip: { x: x + MARGIN, y: top, width: width - 2 * MARGIN, height: y + height - top },
	});
}

/** Takes a screenshot of the dialog for a new credential. */
export async function takeNewCredential({ page }: Editor, panel: Panel): Promise<Buffer> {
	await byTestId(panel.fields, 'node-credentials-select').click();
	await byTestId(page, 'node-credentials-select-item-new').filter({ visible: true }).click();
	const dialog = byTestId(page, 'editCredential-modal');
	await byTestId(dialog, 'parameter-input-baseUrl').waitFor();
	await settle(page);
	return await dialog.screenshot();
}
