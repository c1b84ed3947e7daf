// The lists of the sandbox's page stay short, and its notices and deliveries are clear.

import type { Page } from 'playwright-core';

import { N8N_IS_NOT_LISTENING, openReceiver, type Receiver } from '../unit/sandbox/receiver.mts';
import { SandboxPage } from './sandbox-page-stage.mts';

let stage: SandboxPage;
let page: Page;

beforeAll(async () => {
	stage = await SandboxPage.start();
});
beforeEach(async () => {
	await stage.reset();
	({ page } = stage);
});
afterEach(async () => {
	await stage.close();
});
afterAll(async () => {
	await (stage as SandboxPage | undefined)?.stop();
});

const control = () => stage.sandbox.control;

async function createCases(count: number): Promise<void> {
	for (let number = 1; number <= count; number += 1)
		await stage.createCase({ companyName: `Company ${String(number).padStart(2, '0')}.` });
}

describe('lists', () => {
	const cases = () => stage.part('Cases').locator('.list > details');

	it('shows the newest ten, newest first, and all of them on request and after the next change', async () => {
		await createCases(12);
		await stage.entry('Company 12.').waitFor();
		const names = cases().locator('.name');
		expect((await names.allTextContents()).map((name) => name.slice(-3))).toEqual([
			'12.',
			'11.',
			'10.',
			'09.',
			'08.',
			'07.',
			'06.',
			'05.',
			'04.',
			'03.',
		]);
		await stage.part('Cases').getByRole('link', { name: 'Show all 12' }).focus();
		await page.keyboard.press('Enter');
		await stage.entry('Company 01.').waitFor();
		await stage.createCase({ companyName: 'One more' });
		await stage.entry('One more').waitFor();
		expect(await cases().count()).toBe(13);
		await page.reload();
		await stage.live();
		expect(await cases().count()).toBe(13);
		const fewer = stage.part('Cases').getByRole('link', { name: 'Show the newest 10' });
		await fewer.click();
		await stage.entry('Company 01.').waitFor({ state: 'detached' });
		expect(await cases().count()).toBe(10);
	});

	it('keeps an opened entry, up to date, when newer ones push it out of the list', async () => {
		await control().post('/runs', { id: 'first-run' });
		await stage.opened(/company-check.*RUNNING/s);
		for (let number = 0; number < 12; number += 1)
			await control().post('/runs', { id: `run-${number}` });
		await stage.part('Runs').getByText('The newest 10 of 13.').waitFor();
		await control().post('/runs/first-run/status', { status: 'AWAITING' });
		await page.locator('#run-first-run[open] > summary').getByText('AWAITING').waitFor();
		expect(await stage.part('Runs').locator('.list > details').count()).toBe(11);
	});

	it('opens a run that is not in the list, by its link', async () => {
		await control().put('/webhook', { address: 'http://127.0.0.1:9/' });
		await control().post('/runs', { id: 'first-run' });
		await control().post('/runs/first-run/status', { status: 'COMPLETED' });
		for (let number = 0; number < 12; number += 1)
			await control().post('/runs', { id: `run-${number}` });
		const delivery = await stage.opened(/workflow\.completed.*production/s);
		await stage.part('Runs').getByText('The newest 10 of 13.').waitFor();
		await delivery.getByRole('link', { name: 'company-check' }).click();
		await page.locator('#run-first-run[open]').waitFor();
		expect(await page.evaluate(() => document.activeElement?.parentElement?.id)).toBe(
			'run-first-run',
		);
	});

	it('folds a section with the keyboard, and keeps it folded through updates and a reload', async () => {
		const heading = stage.part('Cases').locator('summary', { hasText: 'Cases' });
		await heading.focus();
		await page.keyboard.press('Enter');
		await stage.createCase({ companyName: 'Nordlys AS' });
		await heading.getByText('1', { exact: true }).waitFor();
		expect(await stage.entry('Nordlys AS').isVisible()).toBe(false);
		await page.reload();
		await stage.live();
		expect(await stage.entry('Nordlys AS').isVisible()).toBe(false);
		await page.getByRole('navigation').getByRole('link', { name: 'Cases' }).click();
		await stage.entry('Nordlys AS').waitFor();
	});

	it('tells cases of the same name apart by their ID and time', async () => {
		for (const companyName of ['Nordlys AS', 'Nordlys AS']) await stage.createCase({ companyName });
		await stage.entry('Nordlys AS').nth(1).waitFor();
		const { data } = await control().get<{ caseId: string }[]>('/cases');
		const choices = page.getByRole('combobox', { name: 'Case' }).first().locator('option');
		const time = String.raw`\d\d:\d\d:\d\d`;
		expect(await choices.allTextContents()).toEqual([
			'no case',
			...data.reverse().map(({ caseId }) => {
				return expect.stringMatching(`^Nordlys AS · ${caseId.slice(0, 8)} · ${time}$`) as string;
			}),
		]);
	});
});

describe('notices', () => {
	const notice = () => page.getByRole('status').filter({ hasText: 'All access tokens' });
	const press = () => page.getByRole('button', { name: 'Expire all access tokens' }).click();
	const isSeen = async () => ((await notice().boundingBox())?.width ?? 0) > 100;

	it('leaves after some seconds, but not for screen readers, and is gone at the next action', async () => {
		await page.clock.install();
		await page.reload();
		await stage.live();
		await press();
		await notice().waitFor();
		expect(await isSeen()).toBe(true);
		await page.clock.fastForward(10_000);
		expect(await isSeen()).toBe(false);
		expect(await notice().textContent()).toBe('All access tokens have expired.');
		await press();
		await notice().waitFor();
		expect(await isSeen()).toBe(true);
		await page.getByRole('button', { name: 'Pause updates' }).click();
		expect(await notice().count()).toBe(0);
	});

	it('keeps an error until the next action', async () => {
		await page.clock.install();
		await page.reload();
		await stage.live();
		await page.getByLabel('Production URL').fill('localhost');
		await page.getByRole('button', { name: 'Save addresses' }).click();
		const error = page.getByRole('alert').getByText('The Production URL must start with http');
		await error.waitFor();
		await page.clock.fastForward(60_000);
		expect((await error.boundingBox())?.width).toBeGreaterThan(100);
		await press();
		await notice().waitFor();
		expect(await error.count()).toBe(0);
	});

	it.each([1280, 400])('appears where nothing else is, %d pixels wide', async (width) => {
		await page.setViewportSize({ width, height: 700 });
		const bar = page.locator('.bar');
		const before = await bar.boundingBox();
		for (const [link, heading] of [
			['Behavior', 'Behavior'],
			['Webhook addresses', 'Webhook addresses'],
		] as const) {
			await page.getByRole('navigation').getByRole('link', { name: link }).click();
			await (link === 'Behavior'
				? press()
				: page.getByRole('button', { name: 'Save addresses' }).click());
			await page
				.getByRole('status')
				.getByText(/Saved|expired/)
				.waitFor();
			const { y = 0, height = 0 } = (await bar.boundingBox()) ?? {};
			expect(height).toBe(before?.height);
			const title = await stage.part(heading).locator('h2').boundingBox();
			expect(title?.y).toBeGreaterThanOrEqual(y + height);
			await page.evaluate(() => scrollTo(0, 0));
		}
	});
});

describe('deliveries', () => {
	let production: Receiver;
	let trial: Receiver;
	beforeEach(async () => {
		[production, trial] = await Promise.all([openReceiver(), openReceiver()]);
		const [address, testAddress] = [production.address, trial.address];
		await control().put('/webhook', { address, testAddress });
	});
	afterEach(async () => {
		await Promise.all([production.close(), trial.close()]);
	});

	const complete = async () => {
		await control().post('/runs', { id: 'a-run' });
		await control().post('/runs/a-run/status', { status: 'COMPLETED' });
	};
	const badgeOf = (purpose: string) =>
		stage
			.entry(new RegExp(`workflow.completed.*${purpose}`, 's'))
			.first()
			.locator('.badge')
			.first();

	it("shows n8n's 404 at the test address as not listening, and at the production address as failed", async () => {
		production.statuses.push(N8N_IS_NOT_LISTENING);
		trial.statuses.push(N8N_IS_NOT_LISTENING);
		await complete();
		await badgeOf('test').getByText('not listening').waitFor();
		expect(await badgeOf('test').getAttribute('class')).toBe('badge plain');
		await badgeOf('production').getByText('failed').waitFor();
		expect(await badgeOf('production').getAttribute('class')).toBe('badge bad');
	});

	it('shows every other failure at the test address as failed', async () => {
		for (const reply of [404, { status: 404, body: '<h1>Not Found</h1>' }, 500]) {
			trial.statuses.push(reply);
			await control().post('/reset');
			await control().patch('/settings', { webhookRetries: 0, webhookTestAddress: trial.address });
			await complete();
			await badgeOf('test').getByText('failed').waitFor();
		}
	});

	it('shows status and body of the response to each attempt, as text and bounded', async () => {
		await control().patch('/settings', { webhookRetries: 1, webhookRetryDelayMs: 1 });
		const body = `<img src=x onerror="window.struck=true">${'x'.repeat(100_000)}`;
		production.statuses.push(
			{ status: 500, body },
			{ status: 200, body: '{"message":"Workflow was started"}' },
		);
		await complete();
		await badgeOf('production').getByText('delivered').waitFor();
		const delivery = await stage.opened(/workflow\.completed.*production/s);
		const [first = '', second = ''] = await delivery.getByRole('listitem').allTextContents();
		expect(first).toContain('500 Internal Server Error');
		expect(first).toContain('<img src=x onerror');
		expect(first).toContain('the first 2,000 characters');
		expect(first.length).toBeLessThan(3_000);
		expect(second).toContain('200 OK');
		expect(second).toContain('{"message":"Workflow was started"}');
		expect(await page.evaluate(() => 'struck' in window)).toBe(false);
	});
});

it('shows a long address in full, and copies it', async () => {
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	const address = `http://127.0.0.1:9/webhook-test/${'a-long-path/'.repeat(20)}end`;
	await page.getByLabel('Test URL').fill(address);
	await page.getByRole('button', { name: 'Save addresses' }).click();
	await page.getByText('Saved the webhook addresses.').waitFor();
	for (const width of [1280, 400]) {
		await page.setViewportSize({ width, height: 700 });
		const shown = stage.part('Webhook addresses').getByText(address, { exact: true });
		await shown.waitFor();
		const box = await shown.boundingBox();
		expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThan(width);
		expect(box?.height).toBeGreaterThan(30);
	}
	await page.getByRole('button', { name: 'Copy the test address' }).click();
	await page.getByText('Copied.').waitFor();
	expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(address);
});
