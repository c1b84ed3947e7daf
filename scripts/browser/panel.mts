import type { Locator, Page } from 'playwright-core';

/** What n8n's editor calls a part of itself, for its own tests: it outlives changes of the looks. */
export function byTestId(place: Page | Locator, testId: string): Locator {
	return place.locator(`[data-test-id="${testId}"]`);
}

/** What stands in a panel and does not fit into its place. */
export interface CutText {
	text: string;
	/** In pixels. */
	needs: number;
	has: number;
}

/** The panel of a step: its input, what it is set up with, and its output. */
export interface Panel {
	/** All three columns. */
	whole: Locator;
	/** The column in the middle. */
	fields: Locator;
	/** The column on the right. */
	output: Locator;
	/** The labels of the fields that are shown, from top to bottom. */
	labels(): Promise<string[]>;
	/** Those of them that have to be filled in, and are not. */
	missing(): Promise<string[]>;
	/** What of the fields' texts is cut off. */
	cutTexts(): Promise<CutText[]>;
	chooseCredential(name: string): Promise<void>;
	/** Chooses from the list of a field, by the field's name and the choice's label. */
	choose(field: string, choice: string): Promise<void>;
	/** Adds one of the fields that are optional, by its label. */
	addField(label: string): Promise<void>;
	/** Types into a field, by its name. */
	fill(field: string, text: string): Promise<void>;
	/** What stands in a field, by its name. */
	read(field: string): Promise<string>;
	/** Unfolds the addresses of a trigger, and shows the one for production. */
	showProductionUrl(): Promise<void>;
	/** Unfolds the addresses of a trigger, and shows the one for tests. */
	showTestUrl(): Promise<void>;
	/** Presses "Listen for test event", and waits until n8n listens. */
	listenForTestEvent(): Promise<void>;
	/** Presses "Execute step", and waits until the output column shows what came of it. */
	execute(): Promise<void>;
	/** What the output column says of a failed run: the heading, and all that stands in the column. */
	failure(): Promise<{ heading: string; text: string }>;
	close(): Promise<void>;
}

/** Inside of a field: its label, without the buttons beside it. */
const LABEL = 'label > div:first-child > div:first-child';

/** Runs in the page: the texts that a person sees, and that are wider than where they stand. */
function findCutTexts(panel: Element): CutText[] {
	const own = (element: Element): string =>
		element instanceof HTMLInputElement
			? element.value || element.placeholder
			: Array.from(element.childNodes)
					.filter(({ nodeType }) => nodeType === 3)
					.map((node) => node.textContent ?? '')
					.join('')
					.trim();
	return Array.from(panel.querySelectorAll('*'))
		.filter((element) => element.checkVisibility() && own(element) !== '')
		.filter(
			(element) =>
				element instanceof HTMLInputElement || getComputedStyle(element).overflowX !== 'visible',
		)
		.filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0)
		.map((element) => ({
			text: own(element),
			needs: element.scrollWidth,
			has: element.clientWidth,
		}));
}

function visible(place: Page | Locator, testId: string): Locator {
	return byTestId(place, testId).filter({ visible: true });
}

async function trimmed(texts: Locator): Promise<string[]> {
	return (await texts.allInnerTexts()).map((text) => text.trim());
}

/**
 * The panel that opens just now.
 *
 * @throws when none opens in time
 */
export async function openedPanel(page: Page): Promise<Panel> {
	const whole = byTestId(page, 'ndv');
	const fields = byTestId(whole, 'node-parameters');
	const output = byTestId(whole, 'output-panel');
	await fields.waitFor();
	const field = (name: string) => visible(whole, `parameter-input-${name}`).first();
	const items = visible(fields, 'input-label');
	const choice = (testId: string, label: string) =>
		visible(page, testId).filter({ has: page.getByText(label, { exact: true }) });
	const showUrl = async (kind: 'production' | 'test') => {
		await fields.getByText('Webhook URLs', { exact: true }).click();
		await byTestId(fields, `radio-button-${kind}`).click();
	};
	return {
		whole,
		fields,
		output,
		labels: () => trimmed(items.locator(LABEL)),
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
		addField: async (label) => {
			await visible(fields, 'collection-parameter-add').first().click();
			await choice('collection-parameter-option', label).click();
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
