import type { Locator, Page } from 'playwright-core';

import type { Editor } from '../browser/editor.mts';
import { byTestId, type Panel } from '../browser/panel.mts';

const MARGIN = 16;

/** What the editor lays over a canvas, and what moves or blinks in it. */
const QUIET = `
	.vue-flow__panel, .vue-flow__minimap, .vue-flow__background,
	[data-test-id="execute-workflow-button"], [data-test-id="canvas-controls"], [class*="_executionButtons_"]
	{ display: none !important; }
	*, *::before, *::after
	{ animation: none !important; transition: none !important; caret-color: transparent !important; }
`;

/** A rectangle of the window, in pixels. */
interface Frame {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** The smallest frame around all of them, with a margin. */
async function frameAround(parts: Locator): Promise<Frame> {
	const boxes = await parts.evaluateAll((elements) =>
		elements.map((element) => {
			const { left, top, right, bottom } = element.getBoundingClientRect();
			return { left, top, right, bottom };
		}),
	);
	const left = Math.floor(Math.min(...boxes.map((box) => box.left)) - MARGIN);
	const top = Math.floor(Math.min(...boxes.map((box) => box.top)) - MARGIN);
	const right = Math.ceil(Math.max(...boxes.map((box) => box.right)) + MARGIN);
	const bottom = Math.ceil(Math.max(...boxes.map((box) => box.bottom)) + MARGIN);
	return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Waits until nothing is on its way any more: fonts, icons, and the canvas sliding into its place. */
async function settle(page: Page): Promise<void> {
	await page.addStyleTag({ content: QUIET });
	await page.mouse.move(0, 0);
	await page.waitForFunction(
		() => {
			const places = Array.from(
				document.querySelectorAll(
					'[data-test-id="canvas-node"], [data-test-id="sticky"], [data-test-id="ndv"]',
				),
			)
				.map((element) => JSON.stringify(element.getBoundingClientRect()))
				.join();
			const isStill = document.body.dataset['places'] === places;
			document.body.dataset['places'] = places;
			return (
				isStill &&
				document.fonts.status === 'loaded' &&
				Array.from(document.images).every(({ complete }) => complete)
			);
		},
		undefined,
		{ polling: 500 },
	);
}

/** Takes a picture of a whole canvas: its steps and its notes, without the editor around it. */
export async function takeCanvas({ page }: Editor): Promise<Buffer> {
	await byTestId(page, 'zoom-to-fit').click();
	await settle(page);
	return await page.screenshot({
		clip: await frameAround(page.locator('[data-test-id="canvas-node"], [data-test-id="sticky"]')),
	});
}

/** Takes a picture of the column in the middle of a step's panel, as far down as it has fields. */
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

/** Takes a picture of the dialog for a new credential. */
export async function takeNewCredential({ page }: Editor, panel: Panel): Promise<Buffer> {
	await byTestId(panel.fields, 'node-credentials-select').click();
	await byTestId(page, 'node-credentials-select-item-new').filter({ visible: true }).click();
	const dialog = byTestId(page, 'editCredential-modal');
	await byTestId(dialog, 'parameter-input-baseUrl').waitFor();
	await settle(page);
	return await dialog.screenshot();
}
