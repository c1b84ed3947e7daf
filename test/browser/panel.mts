import type { Locator, Page } from 'playwright-core';

import { byTestId, type Editor, waitForPanel, type Panel } from '../../scripts/browser/editor.mts';
import { waitUntil } from '../../scripts/waiting.mts';

/** Text that is wider than its element. */
export interface CutText {
	text: string;
	/** In pixels. */
	neededWidth: number;
	actualWidth: number;
}

/** The panel of a step, with what tests do in it. */
export interface TestedPanel extends Panel {
	/** The output column on the right. */
	output: Locator;
	/** The labels of the visible fields, from top to bottom. */
	labels(): Promise<string[]>;
	/** The labels of the visible fields that are required and empty. */
	missing(): Promise<string[]>;
	/** The truncated texts of the fields. */
	cutTexts(): Promise<CutText[]>;
	chooseCredential(name: string): Promise<void>;
	/** Chooses an option of a field, by the field's name and the option's label. */
	choose(field: string, choice: string): Promise<void>;
	/** Chooses the workflow that the node calls, by the workflow's name, and waits until n8n has read its inputs. */
	chooseWorkflow(name: string): Promise<void>;
	/** Types text into a field, by the name of the field. */
	fill(field: string, text: string): Promise<void>;
	/** The text in a field, by the name of the field. */
	read(field: string): Promise<string>;
	/** Expands the webhook URLs of a trigger, and shows the production URL. */
	showProductionUrl(): Promise<void>;
	/** Expands the webhook URLs of a trigger, and shows the test URL. */
	showTestUrl(): Promise<void>;
	/** Presses "Execute step" of a trigger, and waits until n8n listens. */
	listenForTestEvent(): Promise<void>;
	/** Presses "Execute step", and waits until the output column shows the result. */
	execute(): Promise<void>;
	/** The heading and the whole text of the output column after a failed execution. */
	failure(): Promise<{ heading: string; text: string }>;
	close(): Promise<void>;
}

/** The panel on the right in which a user looks for a node. */
export interface NodesPanel {
	/** The names of the results. */
	found: Locator;
	/** Chooses a node and waits for its actions. */
	choose(node: string): Promise<void>;
	/** Chooses an action, which adds a step and opens its panel. */
	add(action: string): Promise<TestedPanel>;
}

/** How many consecutive reads, a quarter of a second apart, have to match the one before. */
const EQUAL_READS = 4;

/** The label inside a field, without its buttons. */
const LABEL = 'label > div:first-child > div:first-child';

/** Finds visible texts that are wider than their elements. Runs in the page. */
function findCutTexts(panel: Element): CutText[] {
	const ownText = (element: Element): string =>
		element instanceof HTMLInputElement
			? element.value || element.placeholder
			: Array.from(element.childNodes)
					.filter(({ nodeType }) => nodeType === 3)
					.map((node) => node.textContent ?? '')
					.join('')
					.trim();
	return Array.from(panel.querySelectorAll('*'))
		.filter((element) => element.checkVisibility() && ownText(element) !== '')
		.filter(
			(element) =>
				element instanceof HTMLInputElement || getComputedStyle(element).overflowX !== 'visible',
		)
		.filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0)
		.map((element) => ({
			text: ownText(element),
			neededWidth: element.scrollWidth,
			actualWidth: element.clientWidth,
		}));
}

function visible(within: Page | Locator, testId: string): Locator {
	return byTestId(within, testId).filter({ visible: true });
}

async function trimmed(texts: Locator): Promise<string[]> {
	return (await texts.allInnerTexts()).map((text) => text.trim());
}

/** The trimmed texts once they no longer change: n8n adds the fields of a collection last. */
async function stableTexts(texts: Locator): Promise<string[]> {
	let [last, reads] = ['', 0];
	return await waitUntil('the fields of the panel to stop changing', async () => {
		const found = await trimmed(texts);
		reads = String(found) === last ? reads + 1 : 0;
		last = String(found);
		return found.length > 0 && reads === EQUAL_READS ? found : undefined;
	});
}

function toTestedPanel(panel: Panel): TestedPanel {
	const { page, whole, fields } = panel;
	const output = byTestId(whole, 'output-panel');
	const field = (name: string) => visible(whole, `parameter-input-${name}`).first();
	const items = visible(fields, 'input-label');
	const choice = (testId: string, label: string) =>
		visible(page, testId).filter({ has: page.getByText(label, { exact: true }) });
	const showUrl = async (kind: 'production' | 'test') => {
		await fields.getByText('Webhook URLs', { exact: true }).click();
		await byTestId(fields, `radio-button-${kind}`).click();
	};
	return {
		...panel,
		output,
		labels: () => stableTexts(items.locator(LABEL)),
		missing: () => trimmed(items.filter({ has: page.locator('.has-issues') }).locator(LABEL)),
		cutTexts: () => fields.evaluate(findCutTexts),
		chooseCredential: async (name) => {
			await byTestId(fields, 'node-credentials-select').click();
			await page
				.locator('[data-test-id^="node-credentials-select-item"]')
				.filter({ visible: true, hasText: name })
				.click();
		},
		choose: async (name, label) => {
			await field(name).click();
			await choice('parameter-input-item', label).click();
		},
		chooseWorkflow: async (name) => {
			await byTestId(fields, 'rlc-input').click();
			await byTestId(page, 'rlc-item').filter({ visible: true, hasText: name }).first().click();
			await fields.getByText('This sub-workflow will consume all input data').waitFor();
		},
		fill: (name, text) => field(name).locator('input, textarea').first().fill(text),
		read: (name) => field(name).locator('input, textarea').first().inputValue(),
		showProductionUrl: () => showUrl('production'),
		showTestUrl: () => showUrl('test'),
		listenForTestEvent: async () => {
			const button = byTestId(whole, 'node-execute-button').first();
			await button.click();
			await whole.getByText('Stop Listening', { exact: true }).first().waitFor();
		},
		execute: async () => {
			await byTestId(whole, 'node-execute-button').click();
			await output.locator('td, [data-test-id="node-error-message"]').first().waitFor();
		},
		failure: async () => ({
			heading: (await byTestId(output, 'node-error-message').innerText()).trim(),
			text: await output.innerText(),
		}),
		close: async () => {
			await byTestId(whole, 'ndv-close-button').click();
			await whole.waitFor({ state: 'hidden' });
		},
	};
}

/** Opens the panel of a step. */
export async function openPanel(editor: Editor, step: string): Promise<TestedPanel> {
	return toTestedPanel(await editor.openPanel(step));
}

/** Opens the nodes panel after a step without a successor, and searches it. */
export async function searchNodes(
	{ page, step }: Editor,
	text: string,
	afterStep: string,
): Promise<NodesPanel> {
	await byTestId(step(afterStep), 'canvas-handle-plus').click();
	await byTestId(page, 'node-creator-search-bar').fill(text);
	const found = byTestId(page, 'node-creator-item-name');
	// Before the search, the panel shows its default list.
	await found.filter({ hasText: text }).first().waitFor();
	const named = (name: string) =>
		found.filter({ hasText: new RegExp(`^\\s*${name}\\s*$`) }).first();
	return {
		found,
		choose: async (node) => {
			await named(node).click();
			await byTestId(page, 'node-creator-category-item').first().waitFor();
		},
		add: async (action) => {
			await named(action).click();
			return toTestedPanel(await waitForPanel(page));
		},
	};
}
