// The sandbox's page escapes all values, and its forms work without its script.

import { faultInWords, operationInWords, KIND_WORDS } from '../../../sandbox/page/fault-words.mts';
import { faultSettingsIn } from '../../../sandbox/page/faults.mts';
import { FAULT_KINDS } from '../../../sandbox/control/faults.mts';
import { DEFINITION_IDS } from '../../../sandbox/definitions.mts';
import { sandboxUnderTest } from './process.mts';
import type { Fault } from '../../../sandbox/control/faults.mts';
import type { SandboxUnderTest } from './process.mts';

const {
	companyCheck: COMPANY_CHECK,
	creditCheck: CREDIT_CHECK,
	hostedOnboarding: HOSTED_ONBOARDING,
} = DEFINITION_IDS;

let sandbox: SandboxUnderTest;

beforeAll(async () => {
	sandbox = await sandboxUnderTest();
});
beforeEach(async () => await sandbox.control.post('/reset'));

const show = async (): Promise<string> => (await sandbox.anonymous.get('/')).data;
const submit = (form: string, fields: Record<string, string>, Accept = 'text/html') =>
	sandbox.anonymous.post(`/_sandbox/forms/${form}`, new URLSearchParams(fields), {
		headers: { Accept },
	});
const read = async (path: string) => (await sandbox.control.get(path)).data;

test('shows base URL and credentials', async () => {
	const page = await show();
	for (const text of [
		'sandbox-key',
		'sandbox-secret',
		'tot_sandbox',
		DEFINITION_IDS.hostedOnboarding,
		sandbox.url,
	])
		expect(page).toContain(text);
});

test('every page loads from the sandbox only and allows no inline script', async () => {
	for (const path of ['/', '/onboarding/no-such-link', '/_sandbox/page/script.js']) {
		const { headers, data } = await sandbox.anonymous.get(path);
		const policy = String(headers['content-security-policy']);
		expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
		expect(policy).not.toContain('unsafe');
		if (path === '/')
			expect(data).not.toMatch(/ on\w+="| style="|(src|href)="(https?:)?\/\/(?!127)/);
	}
});

test('escapes values from outside', async () => {
	const hostile = '"><img src=x onerror=alert(1)>\'<script>alert(2)</script>';
	const { caseId } = (
		await sandbox.api.post('/cases', { firstName: hostile, companyName: hostile })
	).data;
	await sandbox.api.get(`/${hostile}`);
	await sandbox.control.post('/runs', { id: hostile, status: hostile });
	await sandbox.control.put('/webhook', {
		address: `http://127.0.0.1:9/${hostile}`,
		testAddress: null,
	});
	await sandbox.control.post(`/runs/${encodeURIComponent(hostile)}/deliver`);
	await sandbox.control.post('/faults', { operationId: '*', kind: 'redirect', location: hostile });
	const page = await show();
	expect(page).toContain(caseId);
	expect(page).not.toContain('<img src=x');
	expect(page).not.toContain('<script>');
	expect(page).not.toContain('"><img');
	expect(page).toContain('&quot;&gt;&lt;img src=x onerror=alert(1)&gt;&#39;&lt;script&gt;');
});

test('its forms set the addresses, rotate keys, add faults, and redirect to the page', async () => {
	const { current } = await read('/keys');
	const addresses = {
		address: ' http://127.0.0.1:9/hook ',
		testAddress: 'http://127.0.0.1:9/test',
	};
	const set = await submit('webhook', addresses);
	expect([set.status, set.headers['location']]).toEqual([303, '/']);
	expect(await read('/settings')).toMatchObject({
		webhookAddress: 'http://127.0.0.1:9/hook',
		webhookTestAddress: 'http://127.0.0.1:9/test',
	});
	await submit('webhook', { address: '', testAddress: '' });
	expect(await read('/settings')).toMatchObject({ webhookAddress: null, webhookTestAddress: null });
	await submit('rotate', { account: 'other' });
	expect((await read('/keys')).current).toBe(current);
	await submit('rotate', { account: 'main', retireOld: 'yes' });
	expect((await read('/keys')).served).not.toContain(current);
	await submit('faults', { operationId: 'createCase', kind: 'cut', effect: 'after', times: '2' });
	const [fault] = await read('/faults');
	expect(fault).toMatchObject({
		operationId: 'createCase',
		kind: 'cut',
		effect: 'after',
		times: 2,
	});
	await submit(`faults/${fault.number}/cancel`, {});
	expect(await read('/faults')).toEqual([]);
});

test('its forms create a case and run a definition for it', async () => {
	await submit('case', { companyName: ' Nordlys ', firstName: '', email: 'ada@example.com' });
	const [{ caseId, partyDetails }] = await read('/cases');
	expect(partyDetails).toMatchObject({
		personal: { email: 'ada@example.com' },
		business: { companyName: 'Nordlys' },
	});
	await submit('run', { definition: COMPANY_CHECK, caseId });
	await submit('run', { definition: CREDIT_CHECK, amount: '20000' });
	await submit('run', { definition: HOSTED_ONBOARDING });
	const [check, credit, hosted] = await read('/runs');
	expect(check).toMatchObject({ kind: 'run', subject: { caseId } });
	expect(credit).toMatchObject({ parameters: { amount: 20_000 }, subject: {} });
	expect(hosted).toMatchObject({
		kind: 'execution',
		link: expect.stringContaining('/onboarding/'),
	});
	expect(await show()).toContain(hosted.link);
});

test.each([
	['webhook', { address: 'localhost' }, 'Production URL must start with http:// or https://'],
	['webhook', { address: '', testAddress: 'ftp://a/b' }, 'Test URL must start with'],
	['webhook', { address: 'http:///path' }, 'Production URL must start with'],
	['case', { companyName: ' ' }, 'Fill in at least one field'],
	['run', { definition: CREDIT_CHECK, amount: '' }, 'needs the parameter amount'],
	['run', { definition: CREDIT_CHECK, amount: 'many' }, 'needs the parameter amount'],
	['run', { definition: 'none' }, 'no such workflow definition'],
	['run', { definition: COMPANY_CHECK, caseId: 'none' }, 'no such case'],
	['runs/no-run/status', { status: 'COMPLETED' }, 'There is no run no-run.'],
	['faults', { operationId: 'createCase', kind: 'explode' }, 'kind must be one of'],
	['faults', { operationId: 'createCase', kind: 'cut', times: 'x' }, 'times must be an integer'],
	['faults/99/cancel', {}, 'no longer waiting'],
	['settings', { pace: 'fast' }, 'pace must be a number'],
])(
	'the form %s with %j is rejected with a message, and changes nothing',
	async (form, fields, reason) => {
		const before = await Promise.all(['/settings', '/cases', '/runs', '/faults'].map(read));
		const { status, data } = await submit(
			form,
			fields as Record<string, string>,
			'application/json',
		);
		expect([status, data]).toEqual([400, { error: expect.stringContaining(reason) }]);
		expect((await submit(form, fields as Record<string, string>)).data).toContain(
			'That did not work',
		);
		expect(await Promise.all(['/settings', '/cases', '/runs', '/faults'].map(read))).toEqual(
			before,
		);
	},
);

test('its forms set the status of a run and send its webhook again', async () => {
	const body = {
		workflowDefinitionId: DEFINITION_IDS.slowCheck,
		locale: 'en',
		parameters: {},
	};
	const { id } = (await sandbox.api.post('/workflows', body)).data;
	expect(await show()).toContain(id);
	await submit(`runs/${id}/status`, { status: 'COMPLETED' });
	expect(await read('/runs')).toMatchObject([{ id, status: 'COMPLETED' }]);
	expect(await submit(`runs/${id}/deliver`, {})).toMatchObject({
		status: 400,
		data: expect.stringContaining('No webhook address is set.'),
	});
});

test('every setting of the sandbox except the addresses is on the page, and is saved from it', async () => {
	const names = Object.keys(await read('/settings')).filter((name) => !name.endsWith('Address'));
	const page = await show();
	for (const name of names) expect(page).toContain(`name="${name}"`);
	await sandbox.control.patch('/settings', { webhookAddress: 'http://127.0.0.1:9/hook' });
	await submit('settings', {
		...{ delayMs: '0', tokenLifetimeSeconds: '60', badCredentialsStatus: '400', pace: '0.5' },
		...{ missingPermissions: 'can_run', parametersIdField: 'parametersId', earlyResult: 'empty' },
		...{
			executionResult: 'field',
			runUnknownMs: '20',
			executionLifetimeMs: '40',
			resultDelayMs: '30',
			onlyNewestToken: 'yes',
		},
		...{
			webhookShape: 'bare',
			webhookRetries: '1',
			webhookRetryDelayMs: '2',
			webhookTimeoutMs: '3',
		},
	});
	expect(await read('/settings')).toEqual({
		...{ delayMs: 0, tokenLifetimeSeconds: 60, badCredentialsStatus: 400, pace: 0.5 },
		...{ missingPermissions: ['can_run'], parametersIdField: 'parametersId', earlyResult: 'empty' },
		...{
			executionResult: 'field',
			runUnknownMs: 20,
			executionLifetimeMs: 40,
			resultDelayMs: 30,
			onlyNewestToken: true,
		},
		...{ webhookShape: 'bare', webhookRetries: 1, webhookRetryDelayMs: 2, webhookTimeoutMs: 3 },
		...{
			unencodedPayload: false,
			webhookAddress: 'http://127.0.0.1:9/hook',
			webhookTestAddress: null,
		},
	});
});

test('every operation and every kind of fault has a description', async () => {
	const { data } = await sandbox.control.post('/faults', { operationId: 'none', kind: 'cut' });
	const operations = /There are: (.*), and/.exec(data.error)?.[1]?.split(', ') ?? [];
	expect(operations.length).toBeGreaterThan(15);
	for (const operation of operations) expect(operationInWords(operation)).not.toBe(operation);
	expect(KIND_WORDS.map(({ kind }) => kind).sort()).toEqual([...FAULT_KINDS].sort());
});

const fault = (changes: Partial<Fault>): Fault => ({
	...{ operationId: 'createCase', kind: 'status', effect: 'before', times: 1, every: 1 },
	...{ number: 1, seen: 0, applied: 0, ...changes },
});

test.each([
	[{ status: 500 }, 'The next creation of a case gets a 500 before it takes effect.'],
	[
		{ kind: 'cut', effect: 'after', times: 3, applied: 1 },
		'The next 2 creations of a case get no response (the connection is cut) after they took effect.',
	],
	[
		{ kind: 'html', status: 200, every: 3, times: 2 },
		'Every 3rd creation of a case, 2 times, gets a 200 with an HTML page before it takes effect.',
	],
	[
		{ kind: 'delay', delayMs: 1_500 },
		'The next creation of a case gets a delay of 1.5 s before it takes effect.',
	],
] as const)('the fault %j reads "%s"', (changes, words) => {
	expect(faultInWords(fault(changes))).toBe(words);
});

test('the form of a fault leaves out fields that its kind does not have', () => {
	const fields = {
		operationId: '*',
		effect: 'after',
		times: '2',
		every: '3',
		delayMs: '',
		retryAfter: '4',
		body: 'x',
	};
	const orderOf = (more: Record<string, string>) =>
		faultSettingsIn(
			new URLSearchParams({ ...fields, status: '503', shape: 'gzip', location: 'y', ...more }),
		);
	const common = { operationId: '*', effect: 'after', times: 2, every: 3 };
	expect(orderOf({ kind: 'cut' })).toEqual({ ...common, kind: 'cut' });
	expect(orderOf({ kind: 'cutBody' })).toEqual({ ...common, kind: 'cutBody', shape: 'gzip' });
	expect(orderOf({ kind: 'delay' })).toEqual({ ...common, kind: 'delay', delayMs: 5_000 });
	const withResponse = { ...common, status: 503, headers: { 'retry-after': '4' }, body: 'x' };
	expect(orderOf({ kind: 'html' })).toEqual({ ...withResponse, kind: 'html' });
	expect(orderOf({ kind: 'redirect' })).toEqual({
		...withResponse,
		kind: 'redirect',
		location: 'y',
	});
});
