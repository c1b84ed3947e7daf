import type { Browser, Locator, Page } from 'playwright-core';

import type { N8nClient } from '../n8n/client.mts';
import { TIMEOUT_MILLISECONDS } from '../waiting.mts';

/** Finds a part of n8n's editor by the ID that n8n's own tests use, which survives changes of its appearance. */
export function byTestId(within: Page | Locator, testId: string): Locator {
	return within.locator(`[data-test-id="${testId}"]`);
}

/** The panel of a step: its input, fields and output. */
export interface Panel {
	page: Page;
	/** All three columns. */
	whole: Locator;
	/** The column in the middle. */
	fields: Locator;
	/** Unfolds the addresses of a trigger, and shows the production address. */
	showProductionUrl(): Promise<void>;
}

/** The editor of a real n8n in a browser, with a user signed in. */
export interface Editor {
	page: Page;
	/** Opens a workflow, and waits until its steps are visible. */
	openWorkflow(id: string): Promise<void>;
	/** A visible step, by its name. */
	step(name: string): Locator;
	/** Opens the panel of a step. */
	openPanel(step: string): Promise<Panel>;
}

/** Waits for the panel that is being opened. */
export async function waitForPanel(page: Page): Promise<Panel> {
	const whole = byTestId(page, 'ndv');
	const fields = byTestId(whole, 'node-parameters');
	await fields.waitFor();
	return {
		page,
		whole,
		fields,
		showProductionUrl: async () => {
			await fields.getByText('Webhook URLs', { exact: true }).click();
			await byTestId(fields, 'radio-button-production').click();
		},
	};
}

/**
 * Opens n8n's editor in a new window, signed in as the client's user.
 *
 * @param window its size in pixels
 */
export async function openEditor(
	browser: Browser,
	{ url, cookie }: N8nClient,
	window: { width: number; height: number },
): Promise<Editor> {
	const context = await browser.newContext({
		viewport: window,
		deviceScaleFactor: 1,
		reducedMotion: 'reduce',
		colorScheme: 'light',
		locale: 'en-US',
	});
	const [name = '', ...value] = cookie.split('=');
	await context.addCookies([{ name, value: value.join('='), url }]);
	const page = await context.newPage();
	page.setDefaultTimeout(TIMEOUT_MILLISECONDS);
	const step = (name: string) =>
		page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	return {
		page,
		step,
		openWorkflow: async (id) => {
			await page.goto(`${url}/workflow/${id}`);
			await byTestId(page, 'canvas-node').first().waitFor();
		},
		openPanel: async (name) => {
			await step(name).dblclick();
			return await waitForPanel(page);
		},
	};
}
