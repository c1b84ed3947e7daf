import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';

import type { N8nSession } from '../n8n/session.mts';
import { byTestId, openedPanel, type Panel } from './panel.mts';

const WAIT_AT_MOST_MILLISECONDS = 30_000;

/** The editor of a real n8n in a browser, with a person signed in. */
export interface Editor {
	/** For what is not covered here. */
	page: Page;
	/** Opens a workflow, and waits until its steps are drawn. */
	openWorkflow(id: string): Promise<void>;
	/** The steps that are drawn, by their names. */
	step(name: string): Locator;
	/** Opens the panel of a step of the workflow that is open. */
	openPanel(step: string): Promise<Panel>;
	/** Opens the nodes panel behind a step that has nothing behind it, and searches there for the name of a node. */
	searchNodes(words: string, behindStep: string): Promise<NodesPanel>;
	/** Closes the window; the browser stays. */
	close(): Promise<void>;
}

/** The panel at the side in which a person looks for a node. */
export interface NodesPanel {
	/** The names of what was found. */
	found: Locator;
	/** Chooses a node, and waits for the list of what it can do. */
	choose(node: string): Promise<void>;
	/** Chooses something that the node can do, which adds the step and opens its panel. */
	add(action: string): Promise<Panel>;
}

/** How a window is opened. */
export interface WindowOptions {
	width: number;
	height: number;
	/** n8n's dark theme instead of its light one. */
	isDark?: boolean;
}

async function signIn(context: BrowserContext, { url, cookie }: N8nSession): Promise<void> {
	const [name = '', ...value] = cookie.split('=');
	await context.addCookies([{ name, value: value.join('='), url }]);
}

function nodesPanel(page: Page): NodesPanel {
	const found = byTestId(page, 'node-creator-item-name');
	const called = (name: string) =>
		found.filter({ hasText: new RegExp(`^\\s*${name}\\s*$`) }).first();
	return {
		found,
		choose: async (node) => {
			await called(node).click();
			await byTestId(page, 'node-creator-category-item').first().waitFor();
		},
		add: async (action) => {
			await called(action).click();
			return await openedPanel(page);
		},
	};
}

/**
 * Opens n8n's editor in a window of its own, signed in as the person of the session.
 *
 * @param browser the window shares nothing with its other windows
 * @param session where n8n is, and who is in front of it
 */
export async function openEditor(
	browser: Browser,
	session: N8nSession,
	options: WindowOptions,
): Promise<Editor> {
	const { width, height, isDark = false } = options;
	const context = await browser.newContext({
		viewport: { width, height },
		deviceScaleFactor: 1,
		reducedMotion: 'reduce',
		colorScheme: isDark ? 'dark' : 'light',
		locale: 'en-US',
	});
	await signIn(context, session);
	// n8n's own name for the setting that a person makes under Settings → Personal.
	await context.addInitScript(
		(theme) => {
			localStorage.setItem('N8N_THEME', theme);
		},
		isDark ? 'dark' : 'light',
	);
	const page = await context.newPage();
	page.setDefaultTimeout(WAIT_AT_MOST_MILLISECONDS);
	const step = (name: string) =>
		page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	return {
		page,
		step,
		openWorkflow: async (id) => {
			await page.goto(`${session.url}/workflow/${id}`);
			await byTestId(page, 'canvas-node').first().waitFor();
		},
		openPanel: async (name) => {
			await step(name).dblclick();
			return await openedPanel(page);
		},
		searchNodes: async (words, behindStep) => {
			await byTestId(step(behindStep), 'canvas-handle-plus').click();
			await byTestId(page, 'node-creator-search-bar').fill(words);
			// Before it, the panel shows what it always offers.
			await byTestId(page, 'node-creator-item-name').filter({ hasText: words }).first().waitFor();
			return nodesPanel(page);
		},
		close: () => context.close(),
	};
}
