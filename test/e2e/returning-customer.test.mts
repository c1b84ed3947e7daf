// The returning-customer example runs each check of a customer for the same case, and stores no personal data.

import { randomUUID } from 'node:crypto';
import type { StoredWorkflow } from '../../scripts/n8n/workflow.mts';
import { fillInForm } from '../../scripts/onboarding/form.mts';
import { waitUntil } from '../../scripts/waiting.mts';
import { rowsOf } from './data-tables.mts';
import { addressOf, publishExample, waitUntilIdle } from './example.mts';
import { sendWebhooksTo, tableRows } from './runs.mts';
import { openStage, type Stage } from './stage.mts';

let stage: Stage;
let workflow: StoredWorkflow;
beforeAll(async () => {
	stage = await openStage();
	const { id, name } = await stage.n8n.createCredential({
		name: 'Crypto account',
		type: 'crypto',
		data: { hmacSecret: randomUUID() },
	});
	workflow = await publishExample(stage, 'returning-customer', {
		credentials: { crypto: { id, name } },
	});
	await sendWebhooksTo(stage, null);
});
afterAll(async () => {
	await (stage as Stage | undefined)?.close();
});

const NORDLYS = { 'Company Name': 'Nordlys AB', 'Company Number': '0000123456' };
const ATHENA = { 'Company Name': 'Athena S.A.', 'Company Number': '0000777001' };

const fillIn = (Email: string, company = NORDLYS) =>
	fillInForm(addressOf(stage, workflow, 'Onboarding Form'), { Email, ...company });

/** Submits the form. Returns the status of its execution. */
async function submit(email: string, company = NORDLYS): Promise<string> {
	const ended = (await stage.n8n.listExecutions(workflow.id)).map(({ id }) => Number(id));
	await fillIn(email, company);
	const { status } = await stage.n8n.waitForExecutionOf(
		workflow.id,
		({ id }) => Number(id) > Math.max(0, ...ended),
	);
	return status;
}

const count = async (path: string): Promise<number> =>
	(await stage.sandbox.control.get<unknown[]>(path)).data.length;
const counts = async (): Promise<number[]> => [await count('/cases'), await count('/runs')];

it('runs a check for the existing case if the customer returns, ignoring case in the e-mail address', async () => {
	expect(await submit('ada.lovelace@example.com')).toBe('success');
	expect(await submit('Ada.Lovelace@Example.com')).toBe('success');
	expect(await counts()).toEqual([1, 2]);
	expect(await submit('grace.hopper@example.com')).toBe('success');
	expect(await counts()).toEqual([2, 3]);
});

it('creates another case for another company of the same person', async () => {
	expect(await submit('ada.lovelace@example.com', ATHENA)).toBe('success');
	expect(await counts()).toEqual([3, 4]);
});

it('keeps the case of a customer whose run could not be started', async () => {
	const fault = { operationId: 'runWorkflow', kind: 'status', status: 403, times: 1 };
	await stage.sandbox.control.post('/faults', fault);
	expect(await submit('grace.hopper@example.com', ATHENA)).toBe('error');
	expect(await submit('grace.hopper@example.com', ATHENA)).toBe('success');
	expect(await counts()).toEqual([4, 5]);
});

it('starts a run for each of two simultaneous forms, and uses one case afterwards', async () => {
	const [cases = 0, runs = 0] = await counts();
	await Promise.all([fillIn('alan.turing@example.com'), fillIn('alan.turing@example.com')]);
	await waitUntil('both runs', async () =>
		(await count('/runs')) === runs + 2 ? true : undefined,
	);
	await waitUntilIdle(stage, workflow);
	const created = (await count('/cases')) - cases;
	expect([1, 2]).toContain(created);
	expect(await submit('alan.turing@example.com')).toBe('success');
	expect(await counts()).toEqual([cases + created, runs + 3]);
});

it('saves each run, without the e-mail address and the company', async () => {
	const customers = await rowsOf(stage.n8n, 'TransactionLink customers');
	const runs = await tableRows(stage);
	expect(customers).toHaveLength(5);
	expect(runs).toHaveLength(await count('/runs'));
	expect(JSON.stringify([customers, runs])).not.toMatch(
		/lovelace|hopper|turing|example\.com|Nordlys|Athena|0000123456/i,
	);
});
