import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';

import { startChromium } from '../../scripts/browser/chromium.mts';
import { type SandboxProcess, startSandboxProcess } from '../tools/sandbox-process.mts';
import { TIMEOUT_MILLISECONDS } from '../../scripts/waiting.mts';

type WindowOptions = Parameters<Browser['newContext']>[0];

/** A sandbox, its page in a browser, and what the tests do with them. */
export class SandboxPage {
	page!: Page;
	/** What the browser complained about: scripts that failed, and what the Content-Security-Policy stopped. */
	complaints: string[] = [];
	readonly sandbox: SandboxProcess;
	readonly #browser: Browser;
	#context: BrowserContext | undefined;

	private constructor(browser: Browser, sandbox: SandboxProcess) {
		this.#browser = browser;
		this.sandbox = sandbox;
	}

	/** Starts a browser and a sandbox. */
	static async start(): Promise<SandboxPage> {
		return new SandboxPage(await startChromium(), await startSandboxProcess());
	}

	/** Ends the sandbox and the browser. */
	async stop(): Promise<void> {
		await this.#browser.close();
		await this.sandbox.stop();
	}

	/** Empties the sandbox, and opens its page. */
	async reset(): Promise<void> {
		await this.sandbox.control.post('/reset');
		await this.sandbox.control.patch('/settings', { pace: 0.02, webhookRetries: 0 });
		await this.open();
	}

	/** Opens the page in a new window, instead of the present one. */
	async open(options: WindowOptions = {}): Promise<void> {
		await this.close();
		const viewport = { width: 1280, height: 900 };
		const context = await this.#browser.newContext({ viewport, ...options });
		context.setDefaultTimeout(TIMEOUT_MILLISECONDS);
		this.#context = context;
		this.page = await context.newPage();
		this.complaints = [];
		this.page.on('pageerror', ({ message }) => this.complaints.push(message));
		this.page.on('console', (line) => {
			if (line.type() === 'error') this.complaints.push(line.text());
		});
		await this.page.goto(this.sandbox.url);
		await this.live();
	}

	/** Closes the window. */
	async close(): Promise<void> {
		await this.#context?.close();
	}

	/** Waits until the page is connected. */
	async live(): Promise<void> {
		await this.page.getByText('Live', { exact: true }).waitFor();
	}

	/** Creates a case, as n8n would. */
	async createCase(fields: Record<string, string>): Promise<{ status: number; text: string }> {
		const headers = { Authorization: 'tot_sandbox', 'Content-Type': 'application/json' };
		const body = JSON.stringify(fields);
		const response = await fetch(`${this.sandbox.url}/cases`, { method: 'POST', headers, body });
		return { status: response.status, text: await response.text() };
	}

	/** A section, by its heading. */
	part(name: string): Locator {
		return this.page.getByRole('region', { name });
	}

	/** The summary of an entry that can be opened. */
	entry(text: string | RegExp): Locator {
		return this.page.locator('summary:not(:has(h2))', { hasText: text });
	}

	/** Opens an entry, by its summary, and comes back with all of it. */
	async opened(text: string | RegExp): Promise<Locator> {
		await this.entry(text).first().click();
		return this.page
			.locator('details[open]:not(.fold)')
			.filter({ has: this.entry(text) })
			.last();
	}
}
