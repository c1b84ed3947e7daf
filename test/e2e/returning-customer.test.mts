// The returning-customer example runs each check of a customer for the same case, and stores no e-mail address.

import { randomUUID } from 'node:crypto';
import type { StoredWorkflow } from '../../scripts/n8n/workflow.mts';
import { fillInForm } from '../../scripts/onboarding/form.mts';
import { rowsOf } from './data-tables.mts';
import { addressOf, publishExample } from './example.mts';
import { sendWebhooksTo } from './runs.mts';
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
}, 300_000);
afterAll(async () => {
	await (stage as Stage | undefined)?.close();
});

async function submit(Email: string): Promise<void> {
	const ended = (await stage.n8n.listExecutions(workflow.id)).map(({ id }) => Number(id));
	await fillInForm(addressOf(stage, workflow, 'Onboarding Form'), {
		Email,
		'Company Name': 'Nordlys AB',
		'Company Number': '0000123456',
	});
	const { status, error } = await stage.n8n.waitForExecutionOf(
		workflow.id,
		({ id }) => Number(id) > Math.max(0, ...ended),
		60_000,
	);
	expect([status, error]).toEqual(['success', undefined]);
}

const count = async (path: string): Promise<number> =>
	(await stage.sandbox.control.get<unknown[]>(path)).data.length;

it('runs for the known case when the same address comes again, however it is written', async () => {
	await submit('ada.lovelace@example.com');
	await submit('Ada.Lovelace@Example.com');
	expect([await count('/cases'), await count('/runs')]).toEqual([1, 2]);
	await submit('grace.hopper@example.com');
	expect([await count('/cases'), await count('/runs')]).toEqual([2, 3]);
});

it('saves each run, and no address', async () => {
	const customers = await rowsOf(stage.n8n, 'TransactionLink customers');
	const runs = await rowsOf(stage.n8n, 'TransactionLink runs');
	expect(customers).toHaveLength(2);
	expect(runs).toHaveLength(3);
	expect(new Set(runs.map(({ caseId }) => caseId))).toEqual(
		new Set(customers.map(({ caseId }) => caseId)),
	);
	expect(JSON.stringify([customers, runs])).not.toMatch(/ada|grace|example\.com/i);
});
