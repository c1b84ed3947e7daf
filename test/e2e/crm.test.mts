// The CRM example enters each outcome once, even if Odoo, a result or the mail server is temporarily unavailable.

import { DEFINITION_IDS } from '../../sandbox/definitions.mts';
import { withSubworkflows, readExampleWorkflow } from '../../scripts/n8n/examples.mts';
import { withCredentials, type StoredWorkflow } from '../../scripts/n8n/workflow.mts';
import { chooseFreePort } from '../../scripts/ports.mts';
import { sendSigned } from './deliveries.mts';
import { ODOO_DATABASE, ODOO_KEY, type Odoo, startOdoo } from './odoo.mts';
import {
	complete,
	countOf,
	type ExampleStage,
	holdRuns,
	mailCounts,
	reconcile,
	sendWebhooksTo,
	startRuns,
	tableRows,
	waitForCompletions,
	waitForDeliveries,
} from './runs.mts';
import { openStage, type Stage } from './stage.mts';

const COMPANY_CHECK = DEFINITION_IDS.companyCheck;
const SALLY = { id: 7, name: 'Sally', email: 'sally@example.com' };

let stage: Stage;
let odoo: Odoo;
let crm: StoredWorkflow;
/** The stage for the helpers in runs.mts, with the CRM workflow as the completion. */
let runs: ExampleStage;
let webhook: string;

beforeAll(async () => {
	stage = await openStage();
	odoo = await startOdoo(0, { contacts: [], users: [{ ...SALLY }] });
	const { n8n, prepared } = stage;
	const account = await n8n.createCredential({
		name: 'Odoo account',
		type: 'odooApiKeyApi',
		data: { url: odoo.url, db: ODOO_DATABASE, apiKey: ODOO_KEY },
	});
	const credentials = {
		transactionLinkApi: prepared.transactionLink,
		smtp: prepared.mail,
		odooApiKeyApi: account,
	};
	const references = Object.fromEntries(
		Object.entries(credentials).map(([type, { id, name }]) => [type, { id, name }]),
	);
	await n8n.deactivateWorkflow(prepared.completion.id);
	crm = await n8n.importWorkflow(
		withCredentials(withSubworkflows(readExampleWorkflow('crm'), [prepared.claim]), references),
	);
	await n8n.activateWorkflow(crm);
	const reconciliation = await n8n.importWorkflow(
		withCredentials(
			withSubworkflows(readExampleWorkflow('reconcile'), [
				{ ...crm, name: 'TransactionLink: completion' },
			]),
			references,
		),
	);
	runs = { ...stage, prepared: { ...prepared, completion: crm, reconciliation } };
	const trigger = crm.nodes.find(({ name }) => name === 'TransactionLink Trigger');
	webhook = `${n8n.url}/webhook/${String(trigger?.webhookId)}/webhook`;
	await holdRuns(stage);
});
afterAll(async () => {
	await (odoo as Odoo | undefined)?.close();
	await (stage as Stage | undefined)?.close();
});
beforeEach(async () => {
	await sendWebhooksTo(runs, null);
	odoo.contacts.splice(0);
});

const mailsAbout = (runId: string) =>
	stage.mailServer.messages.filter(({ text }) => text.includes(runId));
const contactsAbout = (runId: string) =>
	odoo.contacts.filter(({ comment }) => String(comment).includes(runId));
const newestFailure = async () =>
	(await stage.n8n.getExecution(String((await stage.n8n.listExecutions(crm.id))[0]?.id))).error;
const reportedFlags = async (runId: string) =>
	(await tableRows(runs))
		.filter(({ workflowId }) => workflowId === runId)
		.map(({ reported }) => Boolean(reported));

async function startRun(): Promise<string> {
	const [runId] = await startRuns(runs, 1);
	return String(runId);
}

async function completeAndDeliver(runId: string): Promise<void> {
	await sendWebhooksTo(runs, webhook);
	await complete(runs, [runId]);
	await waitForDeliveries(runs);
	await waitForCompletions(runs);
}

it(
	'creates one contact and sends one e-mail for a completed run, even if its webhook is ' +
		'delivered six times',
	async () => {
		const runId = await startRun();
		await completeAndDeliver(runId);
		for (let repetition = 0; repetition < 5; repetition += 1) {
			// A restart clears the trigger's memory of deliveries, so only the claim prevents a second e-mail.
			if (repetition === 2) await stage.restart(() => Promise.resolve());
			await stage.sandbox.control.post(`/runs/${runId}/deliver`);
			await waitForDeliveries(runs);
		}
		await waitForCompletions(runs);
		expect(odoo.contacts).toEqual([
			expect.objectContaining({
				name: 'Company 0',
				is_company: true,
				company_registry: '1000000',
				ref: expect.any(String),
				comment: expect.stringContaining('APPROVED'),
			}),
		]);
		expect(contactsAbout(runId)).toHaveLength(1);
		expect(mailsAbout(runId)).toMatchObject([
			{
				subject: 'Onboarding of Company 0: APPROVED',
				to: 'responsible@example.com',
				text: expect.stringContaining('contact 1 in Odoo'),
			},
		]);
		expect(odoo.rejected).toEqual([]);
	},
);

it('adds the outcome to the notes of an existing contact, and e-mails its salesperson', async () => {
	const unset = {
		is_company: true,
		company_registry: '1000000',
		ref: 'our-own',
		user_id: false,
		parent_id: false,
	};
	odoo.contacts.push(
		{ ...unset, id: 1, name: 'Ada at Company 0', comment: false, parent_id: [2, 'Company 0'] },
		{
			...unset,
			id: 2,
			name: 'Company 0',
			comment: '<p>Likes tea.</p>',
			user_id: [SALLY.id, SALLY.name],
		},
		{ ...unset, id: 3, name: 'Another', company_registry: '1000001', comment: false },
	);
	const before = structuredClone(odoo.contacts);
	const runId = await startRun();
	await completeAndDeliver(runId);
	const comment = expect.stringMatching(
		new RegExp(`^<p>Likes tea\\.</p><p>TransactionLink: APPROVED, .*run ${runId}</p>$`),
	) as unknown;
	expect(odoo.contacts).toEqual([before[0], { ...before[1], comment }, before[2]]);
	expect(mailsAbout(runId)).toMatchObject([
		{ to: 'sally@example.com', text: expect.stringContaining('contact 2 in Odoo') },
	]);
});

it('creates a contact for a failed run', async () => {
	const runId = await startRun();
	await sendWebhooksTo(runs, webhook);
	await stage.sandbox.control.post(`/runs/${runId}/status`, { status: 'FAILED' });
	await stage.mailServer.waitForMessage(({ text }) => text.includes(runId));
	expect(odoo.contacts).toMatchObject([
		{ name: 'Company 0', company_registry: '1000000', comment: expect.stringContaining('FAILED') },
	]);
	expect(mailsAbout(runId)).toMatchObject([{ subject: 'Onboarding of Company 0: FAILED' }]);
});

it('escapes HTML in an outcome for the notes', async () => {
	const runId = await startRun();
	await sendWebhooksTo(runs, webhook);
	const event = {
		event: 'workflow.failed',
		workflowId: runId,
		status: '<img src=x> R&D < 3',
	};
	await stage.sandbox.control.post(`/runs/${runId}/status`, { status: '<img src=x> R&D < 3' });
	expect((await sendSigned(stage.sandbox, webhook, event)).status).toBe(200);
	await stage.mailServer.waitForMessage(({ text }) => text.includes(runId));
	expect(String(contactsAbout(runId)[0]?.['comment'])).toContain(
		'TransactionLink: &lt;img src=x&gt; R&amp;D &lt; 3, case',
	);
});

it('leaves a run whose result is unavailable to the reconciliation', async () => {
	const runId = await startRun();
	await stage.sandbox.control.post('/faults', {
		operationId: 'getWorkflowResult',
		kind: 'status',
		status: 503,
		times: 1_000,
	});
	await completeAndDeliver(runId);
	expect([
		mailsAbout(runId).length,
		contactsAbout(runId).length,
		await reportedFlags(runId),
	]).toEqual([0, 0, [false]]);
	await stage.sandbox.control.delete('/faults');
	await reconcile(runs);
	expect(mailsAbout(runId)).toMatchObject([{ subject: 'Onboarding of Company 0: APPROVED' }]);
	expect(contactsAbout(runId)).toMatchObject([{ comment: expect.stringContaining('APPROVED') }]);
});

it('keeps the case ID in the table if the webhook contains none', async () => {
	const runId = await startRun();
	const before = (await tableRows(runs)).find(({ workflowId }) => workflowId === runId);
	await stage.sandbox.control.patch('/settings', { webhookShape: 'bare' });
	await sendWebhooksTo(runs, webhook);
	await stage.sandbox.control.post(`/runs/${runId}/status`, { status: 'FAILED' });
	await stage.mailServer.waitForMessage(({ text }) => text.includes(runId));
	await stage.sandbox.control.patch('/settings', { webhookShape: 'flat' });
	expect(contactsAbout(runId)).toMatchObject([{ name: 'Company 0' }]);
	expect((await tableRows(runs)).find(({ workflowId }) => workflowId === runId)).toMatchObject({
		caseId: before?.['caseId'],
		status: 'FAILED',
	});
});

it('reports a run without a case in one e-mail, and creates no contact', async () => {
	const started = await stage.runAction({
		resource: 'workflow',
		operation: 'run',
		workflowDefinitionId: COMPANY_CHECK,
		runFor: 'nothing',
	});
	const runId = String(started.itemsOf('TransactionLink')[0]?.json['id']);
	await completeAndDeliver(runId);
	await reconcile(runs);
	expect(mailsAbout(runId)).toMatchObject([
		{ subject: 'Onboarding without a case: APPROVED', to: 'responsible@example.com' },
	]);
	expect(await reportedFlags(runId)).toEqual([true]);
	expect(odoo.contacts).toEqual([]);
});

it('enters each run once at the next reconciliation if Odoo was down', async () => {
	const { port } = odoo;
	await odoo.close();
	const runIds = await startRuns(runs, 2);
	for (const runId of runIds) await completeAndDeliver(runId);
	expect(mailCounts(runs, runIds)).toEqual([0, 0]);
	expect(await newestFailure()).toMatch(
		/^The end of run .* could not be processed\. TransactionLink: reconcile tries it again\.$/,
	);
	expect(await reportedFlags(String(runIds[0]))).toEqual([false]);

	odoo = await startOdoo(port, odoo);
	await reconcile(runs);
	await reconcile(runs);
	expect(mailCounts(runs, runIds)).toEqual([1, 1]);
	expect(runIds.map((runId) => contactsAbout(runId).length)).toEqual([1, 1]);
	expect(countOf(odoo.requests, 'res.partner/create')).toBe(2);
});

it('sends the e-mail later if the salesperson cannot be looked up, without entering the outcome twice', async () => {
	odoo.contacts.push({
		id: 1,
		name: 'Company 0',
		is_company: true,
		company_registry: '1000000',
		ref: false,
		comment: false,
		user_id: [SALLY.id, SALLY.name],
		parent_id: false,
	});
	odoo.failing.add('res.users/search_read');
	const runId = await startRun();
	await completeAndDeliver(runId);
	const [entered] = structuredClone(odoo.contacts);
	expect([
		mailsAbout(runId).length,
		contactsAbout(runId).length,
		await reportedFlags(runId),
	]).toEqual([0, 1, [false]]);

	odoo.failing.clear();
	await reconcile(runs);
	expect(mailsAbout(runId)).toMatchObject([{ to: 'sally@example.com' }]);
	expect(odoo.contacts).toEqual([entered]);
});

it('sends the e-mail later if the mail server is down, without entering the outcome twice', async () => {
	const {
		n8n,
		prepared: { mail },
	} = stage;
	const { name, type, data = {} } = await n8n.getCredential(mail.id);
	await n8n.updateCredential(mail.id, {
		name,
		type,
		data: { ...data, port: await chooseFreePort() },
	});
	const runId = await startRun();
	await completeAndDeliver(runId);
	expect([
		mailsAbout(runId).length,
		contactsAbout(runId).length,
		await reportedFlags(runId),
	]).toEqual([0, 1, [false]]);

	await n8n.updateCredential(mail.id, { name, type, data });
	const [entered] = structuredClone(odoo.contacts);
	await reconcile(runs);
	expect(mailsAbout(runId)).toHaveLength(1);
	expect(odoo.contacts).toEqual([entered]);
});
