// The sandbox's page updates itself and works in a browser, with the keyboard alone, in light and dark.

import { readFileSync } from 'node:fs';

import type { Page } from 'playwright-core';

import { startSandboxProcess } from '../tools/sandbox-process.mts';
import { waitUntil } from '../../scripts/waiting.mts';
import { N8N_IS_NOT_LISTENING, openReceiver, type Receiver } from '../unit/sandbox/receiver.mts';
import { SandboxPage } from './sandbox-page-stage.mts';

const HOSTILE = '"><img src=x onerror="window.struck=true"><b>';

let stage: SandboxPage;
let sandbox: SandboxPage['sandbox'];
let page: Page;

beforeAll(async () => {
	stage = await SandboxPage.start();
	({ sandbox } = stage);
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

const createCase = (fields: Record<string, string>) => stage.createCase(fields);
const part = (name: string) => stage.part(name);
const entry = (text: string | RegExp) => stage.entry(text);
const opened = (text: string | RegExp) => stage.opened(text);

it('shows a new case at once, while an unfinished form keeps its text, its caret and its focus', async () => {
	await entry('New case').click();
	await page.getByLabel('Company number').fill('9123');
	const name = page.getByLabel('Company name');
	await name.fill('Nord, half-typed');
	await name.press('ArrowLeft');
	await page.getByLabel('Production URL').fill('http://127.0.0.1:9/not-saved');
	await page.getByLabel('Production URL').press('Tab');
	await name.focus();
	await createCase({ companyName: 'Nordlys AS' });
	await entry('Nordlys AS').waitFor();
	await createCase({ firstName: 'Ada', lastName: 'Lindqvist' });
	await entry('Ada Lindqvist').waitFor();
	expect(await name.inputValue()).toBe('Nord, half-typed');
	expect(
		await name.evaluate((field: HTMLInputElement) => [
			document.activeElement === field,
			field.selectionStart,
		]),
	).toEqual([true, 15]);
	expect(await page.getByLabel('Company number').inputValue()).toBe('9123');
	expect(await page.getByLabel('Production URL').inputValue()).toBe('http://127.0.0.1:9/not-saved');
	expect(await page.getByRole('log').textContent()).toBe('2 cases, 2 requests');
	expect(stage.complaints).toEqual([]);
});

it('keeps open sections open, and the focus', async () => {
	await createCase({ companyName: 'Nordlys AS' });
	await opened('Nordlys AS');
	const button = page.getByRole('button', { name: 'Run slow-check' });
	await button.focus();
	for (let number = 0; number < 25; number += 1)
		await createCase({ companyName: `Company ${number}` });
	await entry('Company 24').waitFor();
	await part('Cases').getByText('The newest 10 of 26.').waitFor();
	expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
	await createCase({ companyName: 'Opened' });
	await opened('Opened');
	await createCase({ companyName: 'Another' });
	await entry('Another').waitFor();
	expect(await page.locator('details[open] > summary', { hasText: 'Opened' }).count()).toBe(1);
});

it('stays paused, also after a form was sent and the page was loaded again', async () => {
	await page.getByRole('button', { name: 'Pause updates' }).click();
	await createCase({ companyName: 'Unseen AS' });
	await page.getByText('Paused, something has changed').waitFor();
	await page.getByRole('button', { name: 'Run company-check' }).click();
	await page.getByText('Started company-check.').waitFor();
	expect(await entry('Unseen AS').count()).toBe(0);
	// Its end would be one more change, after the page was made.
	await waitUntil('the run to end', async () => {
		const { data } = await sandbox.control.get<{ status: string }[]>('/runs');
		return data.every(({ status }) => status === 'COMPLETED') ? true : undefined;
	});
	await page.reload();
	await entry('Unseen AS').waitFor();
	await page.getByText('Paused', { exact: true }).waitFor();
	await createCase({ companyName: 'Later AS' });
	await page.getByText('Paused, something has changed').waitFor();
	expect(await entry('Later AS').count()).toBe(0);
	await page.getByRole('button', { name: 'Resume updates' }).click();
	await entry('Later AS').waitFor();
	await page.getByText('Live', { exact: true }).waitFor();
});

it('a fault from the form takes effect, and is removed afterwards', async () => {
	const faults = part('Faults');
	const choose = (name: string, choice: string) =>
		faults.getByRole('combobox', { name, exact: true }).selectOption(choice);
	await choose("n8n's next request", 'the creation of a case');
	await choose('What happens to it', 'gets an HTML page');
	await choose('Status', '503 Service Unavailable');
	await choose('When', 'after it took effect');
	await faults.getByRole('button', { name: 'Add fault' }).click();
	const words = 'The next creation of a case gets a 503 with an HTML page after it took effect.';
	await faults.getByText(words).waitFor();
	expect(await createCase({ companyName: 'Struck AS' })).toEqual({
		status: 503,
		text: expect.stringContaining('<html>'),
	});
	await faults.getByText('No fault is waiting').waitFor();
	await entry('Struck AS').waitFor();
	expect((await createCase({})).status).toBe(201);
});

it('every kind of fault can be added and removed with the form, and the focus stays close', async () => {
	const faults = part('Faults');
	const kind = faults.getByRole('combobox', { name: 'What happens to it' });
	const kinds = await kind.locator('option').allTextContents();
	expect(kinds.length).toBe(11);
	for (const choice of kinds) {
		await kind.selectOption(choice);
		await faults.getByRole('button', { name: 'Add fault' }).click();
		const remove = faults.getByRole('button', { name: 'Remove the fault' });
		await remove.click();
		await faults.getByText('No fault is waiting').waitFor();
		expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/^\s*Faults/);
	}
	await entry('Frequent faults').click();
	await faults.getByRole('button', { name: 'The next 3 sign-ins' }).click();
	await faults.getByText('The next 3 sign-ins with key and secret get a 503').first().waitFor();
});

describe('with a receiver at each address', () => {
	let production: Receiver;
	let trial: Receiver;
	beforeEach(async () => {
		[production, trial] = await Promise.all([openReceiver(), openReceiver()]);
	});
	afterEach(async () => {
		await Promise.all([production.close(), trial.close()]);
	});

	it('delivers to both addresses pasted on the page, and shows body, headers and attempts of each', async () => {
		trial.statuses.push(N8N_IS_NOT_LISTENING);
		await page.getByLabel('Production URL').fill(production.address);
		await page.getByLabel('Test URL').fill(trial.address);
		await page.getByRole('button', { name: 'Save addresses' }).click();
		await page.getByText('Saved the webhook addresses.').waitFor();
		await createCase({ companyName: 'Nordlys AS' });
		await entry('Nordlys AS').waitFor();
		const definition = page.getByRole('listitem').filter({ hasText: 'company-check' });
		await definition.getByRole('combobox', { name: 'Case' }).selectOption({ index: 1 });
		await definition.getByRole('button', { name: 'Run company-check' }).click();
		await entry(/workflow\.completed.*not listening.*test/s).waitFor();
		const [arrival] = await production.arrived(1);
		const real = await opened(/workflow\.completed.*delivered.*production/s);
		const text = await real.textContent();
		for (const shown of [
			production.address,
			arrival?.body.toString(),
			arrival?.signature,
			'response 204',
		])
			expect(text).toContain(shown);
		const test = await opened(/workflow\.completed.*not listening.*test/s);
		expect(await test.textContent()).toContain("n8n isn't listening for a test event");
		expect(await test.textContent()).toContain(trial.address);
		const theCase = await opened('Nordlys AS');
		await theCase.getByRole('link', { name: 'company-check' }).click();
		await page.locator('details[open] figure', { hasText: '"decision": "APPROVED"' }).waitFor();
		expect(stage.complaints).toEqual([]);
	});

	it('works with the keyboard alone: run a definition, set its status, send its webhook again', async () => {
		await sandbox.control.put('/webhook', { address: production.address });
		const focused = () =>
			page.evaluate(
				() =>
					document.activeElement?.getAttribute('aria-label') ??
					document.activeElement?.textContent?.trim() ??
					'',
			);
		const tabTo = async (name: RegExp) => {
			for (let presses = 0; presses < 120; presses += 1) {
				await page.keyboard.press('Tab');
				if (name.test(await focused())) return;
			}
			throw new Error(`Tab never reached ${String(name)}`);
		};
		await page.keyboard.press('Tab');
		expect(await focused()).toBe('Skip to the content');
		await page.keyboard.press('Enter');
		await tabTo(/^Run slow-check$/);
		await page.keyboard.press('Enter');
		await entry(/slow-check.*RUNNING|slow-check.*COMPLETED/s).waitFor();
		expect(await focused()).toBe('Run slow-check');
		await tabTo(/^slow-check/);
		await page.keyboard.press('Enter');
		await tabTo(/^Set the status of this run of slow-check$/);
		await page.keyboard.press('Enter');
		await page
			.getByRole('status')
			.getByText(/slow-check is \w+ now/)
			.waitFor();
		await production.arrived(1);
		const before = production.arrivals.length;
		await tabTo(/^Send webhook again$/);
		await page.keyboard.press('Space');
		await production.arrived(before + 1);
		await page.getByText('Sending the webhook again.').waitFor();
	});
});

it('shows what is wrong with a form, and keeps the typed values', async () => {
	await page.getByLabel('Production URL').fill('localhost:5678/webhook');
	await page.getByRole('button', { name: 'Save addresses' }).click();
	await page.getByRole('alert').getByText('The Production URL must start with http').waitFor();
	expect(await page.getByLabel('Production URL').inputValue()).toBe('localhost:5678/webhook');
});

it('shows a setting that was changed elsewhere, and saves one from the form', async () => {
	await sandbox.control.patch('/settings', { onlyNewestToken: true });
	await page.getByText('Only the newest access token works', { exact: false }).first().waitFor();
	await entry('Change the behavior').click();
	const box = page.getByLabel('Only the newest access token works');
	await page.waitForFunction(
		(field) => (field as HTMLInputElement).checked,
		await box.elementHandle(),
	);
	await page.getByLabel('A new run is unknown (404) for (ms)').fill('250');
	await page.getByRole('button', { name: 'Save behavior' }).click();
	await page.getByText('Saved the behavior.').waitFor();
	expect((await sandbox.control.get('/settings')).data).toMatchObject({
		runUnknownMs: 250,
		onlyNewestToken: true,
	});
});

it('a hostile name appears as text only', async () => {
	await createCase({ companyName: HOSTILE, firstName: HOSTILE });
	await sandbox.control.post('/runs', { id: HOSTILE, status: HOSTILE });
	await entry(HOSTILE).first().waitFor();
	await page.reload();
	await (await opened(HOSTILE)).waitFor();
	expect(await page.locator('main img').count()).toBe(0);
	expect(await page.evaluate(() => 'struck' in window)).toBe(false);
	expect(stage.complaints).toEqual([]);
});

it('shows that the sandbox has stopped, and continues when it is back', async () => {
	const passing = await startSandboxProcess();
	const port = Number(new URL(passing.url).port);
	await page.goto(passing.url);
	await page.getByText('Live', { exact: true }).waitFor();
	await passing.stop();
	await page.getByText('Not connected, trying again').waitFor();
	await page.getByRole('button', { name: 'Run company-check' }).click();
	await page.getByRole('alert').getByText('The sandbox does not respond').waitFor();
	const next = await startSandboxProcess(port);
	try {
		await page.getByText('Live', { exact: true }).waitFor();
		await page.getByRole('button', { name: 'Run company-check' }).click();
		await entry('company-check').first().waitFor();
	} finally {
		await next.stop();
	}
});

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
	const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

	it('axe finds nothing serious, with everything open, wide and narrow', async () => {
		await sandbox.control.put('/webhook', {
			address: 'http://127.0.0.1:9/',
			testAddress: 'http://127.0.0.1:9/t',
		});
		await createCase({ companyName: 'Nordlys AS' });
		for (const status of ['COMPLETED', 'FAILED', 'AWAITING', 'RUNNING', 'ON_HOLD']) {
			await sandbox.control.post('/runs', { id: status });
			await sandbox.control.post(`/runs/${status}/status`, { status });
		}
		await sandbox.control.post('/faults', { operationId: '*', kind: 'html' });
		await createCase({});
		await sandbox.control.post('/faults', { operationId: '*', kind: 'drip' });
		for (const width of [1280, 360]) {
			// The policy of the page allows no foreign script, and axe is one.
			await stage.open({ colorScheme, bypassCSP: true, viewport: { width, height: 800 } });
			({ page } = stage);
			await page.getByRole('button', { name: 'Expire all access tokens' }).click();
			await page.getByText('All access tokens have expired.').waitFor();
			await page.evaluate(() => {
				for (const details of document.querySelectorAll('details')) details.open = true;
			});
			await page.evaluate(axe);
			const { violations, passes } = await page.evaluate<Findings>('axe.run()');
			const shown = violations.map(
				({ id, impact, nodes }) =>
					`${String(impact)} ${id} ${nodes.map(({ html }) => html).join(' ')}`,
			);
			expect(shown.filter((violation) => /^(serious|critical)/.test(violation))).toEqual([]);
			expect(passes.map(({ id }) => id)).toContain('color-contrast');
			expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
				width,
			);
		}
	});
});

interface Findings {
	violations: { id: string; impact: string | null; nodes: { html: string }[] }[];
	passes: { id: string }[];
}
