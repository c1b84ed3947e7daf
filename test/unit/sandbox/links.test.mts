// Links of the sandbox open a page, work once, and invalidate earlier ones.

import { DEFINITION_IDS } from '../../../sandbox/definitions.mts';
import { sandboxUnderTest } from './process.mts';
import { until } from './until.mts';
import type { SandboxUnderTest } from './process.mts';

const workflowDefinitionId = DEFINITION_IDS.hostedOnboarding;

let sandbox: SandboxUnderTest;
let caseId = '';

beforeAll(async () => {
	sandbox = await sandboxUnderTest();
});
beforeEach(async () => {
	await sandbox.control.post('/reset');
	await sandbox.control.patch('/settings', { pace: 0.05 });
	caseId = (await sandbox.api.post('/cases', { email: 'ada@example.com' })).data.caseId;
});

const createLink = async (): Promise<string> =>
	(await sandbox.api.post('/link', { caseId, workflowDefinitionId })).data.link;
const open = async (link: string) => (await sandbox.anonymous.get(link)).status;
const submit = async (link: string) => (await sandbox.anonymous.post(link)).status;
const runs = async () => (await sandbox.control.get('/runs')).data;
const completed = () =>
	until('a run to complete', async () =>
		(await runs()).find((run: { status: string }) => run.status === 'COMPLETED'),
	);

test('a link opens a page, whose button starts the run once', async () => {
	const link = await createLink();
	expect(await open(link)).toBe(200);
	expect(await runs()).toEqual([]);
	expect(await submit(link)).toBe(200);
	expect(await completed()).toMatchObject({ subject: { caseId }, workflowDefinitionId });
	expect([await open(link), await submit(link)]).toEqual([410, 410]);
	expect(await runs()).toHaveLength(1);
});

test('a link works once, even while its run continues', async () => {
	const body = { caseId, workflowDefinitionId: DEFINITION_IDS.slowCheck };
	const { link } = (await sandbox.api.post('/link', body)).data;
	expect([await submit(link), await submit(link)]).toEqual([200, 410]);
	expect(await runs()).toMatchObject([{ status: 'RUNNING' }]);
});

test('a new link for a case invalidates its previous one, and no link of another case', async () => {
	const first = await createLink();
	const other = await sandbox.api.post('/cases', {});
	const ofOther = await sandbox.api.post('/link', {
		caseId: other.data.caseId,
		workflowDefinitionId,
	});
	const second = await createLink();
	expect([await open(first), await open(second), await open(ofOther.data.link)]).toEqual([
		410, 200, 200,
	]);
	expect(await open(`${sandbox.url}/onboarding/made-up`)).toBe(404);
});

test('an execution waits at its link for the end user', async () => {
	const { data } = await sandbox.api.post('/workflows', {
		workflowDefinitionId,
		locale: 'pl',
		parameters: {},
	});
	expect(data).toMatchObject({
		status: 'RUNNING',
		link: expect.stringContaining(data.token),
		locale: 'pl',
	});
	expect(await submit(data.link)).toBe(200);
	expect(await completed()).toMatchObject({ id: data.id });
	expect(await submit(data.link)).toBe(410);
});

test('sending stores the recipient: in v1 from the case, in v2 from the body', async () => {
	await sandbox.api.post('/link/send', { caseId, workflowDefinitionId, lang: 'pl' });
	const withoutEmail = await sandbox.api.post('/cases', {});
	const rejected = await sandbox.api.post('/link/send', {
		caseId: withoutEmail.data.caseId,
		workflowDefinitionId,
	});
	expect([rejected.status, rejected.data.errors[0].code]).toEqual([400, 'missing_email']);
	const { data: links } = await sandbox.control.get('/links');
	expect(links).toEqual([
		expect.objectContaining({
			sentTo: 'ada@example.com',
			language: 'pl',
			kind: 'link',
			state: 'open',
		}),
	]);
});

test('a widget token does not invalidate links', async () => {
	const link = await createLink();
	const { status, data } = await sandbox.api.post('/token', { caseId, workflowDefinitionId });
	expect([status, data.expiryDuration]).toEqual([201, 3_600]);
	expect(await open(link)).toBe(200);
});
