// The main job in a real n8n: from a form through case, run and signed webhook to an e-mail.

import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { DEFINITION_IDS } from '../../sandbox/definitions.mts';
import { send as sendTo, signatureOf as signatureBy } from './deliveries.mts';
import { expectWholeOnboarding, startsByWebhook } from './runs.mts';
import { openStage, type Stage } from './stage.mts';

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
}, 300_000);
afterAll(async () => {
	await (stage as Stage | undefined)?.close();
});

const executions = async () => await startsByWebhook(stage);

/** A run with an ID of its own, so that the trigger can confirm it. */
async function addRun(id: string, status: string): Promise<void> {
	await stage.sandbox.control.post('/runs', { id, status });
}

const send = async (body: string, signature?: string) =>
	await sendTo(String(stage.prepared.webhookUrl), body, signature);

const signatureOf = async (body: string) => await signatureBy(stage.sandbox, body);

/**
 * How many executions something starts. n8n 1 answers a moment before it stores one, so a delivery that is surely taken
 * follows: once its e-mail is there, whatever was started before it is stored.
 */
async function startedBy(act: () => Promise<void>): Promise<number> {
	const before = await executions();
	await act();
	const runId = randomUUID();
	await addRun(runId, 'COMPLETED');
	const body = JSON.stringify({
		event: 'workflow.completed',
		workflowId: runId,
		status: 'COMPLETED',
	});
	expect((await send(body, await signatureOf(body))).status).toBe(200);
	await stage.mailServer.waitForMessage(({ text }) => text.includes(runId), 30_000);
	return (await executions()) - before - 1;
}

it('an onboarding runs by itself: form, case, run, signed webhook, e-mail', async () => {
	await expectWholeOnboarding(stage);
});

it('reports a failed run in an e-mail of its own', async () => {
	const caseId = (
		await stage.runAction({ resource: 'case', operation: 'create', additionalFields: {} })
	).itemsOf('TransactionLink')[0]?.json['caseId'];
	const run = await stage.runAction({
		resource: 'workflow',
		operation: 'run',
		workflowDefinitionId: DEFINITION_IDS.failingCheck,
		caseId,
	});
	const runId = String(run.itemsOf('TransactionLink')[0]?.json['id']);
	const mail = await stage.mailServer.waitForMessage(({ text }) => text.includes(runId), 30_000);
	expect(mail.text).toContain('FAILED');
	expect(mail.subject).toMatch(/^Onboarding not completed: /);
});

it('reports a completion whose status is unknown', async () => {
	const body = JSON.stringify({
		event: 'workflow.completed',
		workflowId: 'with-an-unknown-status',
		status: 'APPROVED',
	});
	await addRun('with-an-unknown-status', 'APPROVED');
	expect((await send(body, await signatureOf(body))).status).toBe(200);
	const mail = await stage.mailServer.waitForMessage(
		({ text }) => text.includes('with-an-unknown-status'),
		30_000,
	);
	expect(mail.subject).toMatch(/^Onboarding completed: /);
});

it('an event without a run ID fails its execution visibly, each time, and sends no e-mail', async () => {
	const mails = stage.mailServer.messages.length;
	for (const status of ['COMPLETED', 'FAILED']) {
		const body = JSON.stringify({ event: `workflow.${status.toLowerCase()}`, status });
		expect((await send(body, await signatureOf(body))).status).toBe(200);
		const { error } = await stage.n8n.waitForExecutionOf(
			stage.prepared.completion.id,
			({ itemsOf }) =>
				itemsOf('Called by Another Workflow')[0]?.json['status'] === status &&
				itemsOf('Called by Another Workflow')[0]?.json['workflowId'] === null,
			30_000,
		);
		expect(error).toMatch(/^The event has no run ID/);
	}
	expect(stage.mailServer.messages).toHaveLength(mails);
});

describe('a forged webhook', () => {
	const body = JSON.stringify({
		event: 'workflow.completed',
		workflowId: 'forged',
		status: 'COMPLETED',
	});
	const encode = (value: unknown): string =>
		Buffer.from(JSON.stringify(value)).toString('base64url');

	it.each<[string, (genuine: string) => [string, string | undefined]]>([
		['without a signature', () => [body, undefined]],
		['with garbage', () => [body, 'garbage']],
		[
			'with "none"',
			() => [body, `${encode({ alg: 'none', kid: '070725bf-7dac-4712-b61a-420ba3701263' })}..`],
		],
		['with a changed body', (genuine) => [body.replace('forged', 'forger'), genuine]],
		[
			'with its body serialised again',
			(genuine) => [JSON.stringify(JSON.parse(body), null, 2), genuine],
		],
		[
			'with a foreign key under a genuine key id',
			(genuine) => {
				const [header = ''] = genuine.split('.');
				const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
				const bytes = createSign('sha256')
					.update(`${header}.${Buffer.from(body).toString('base64url')}`)
					.sign(privateKey);
				return [body, `${header}..${bytes.toString('base64url')}`];
			},
		],
		[
			'with a key id that is a path',
			(genuine) => [
				body,
				`${encode({ alg: 'RS256', kid: '../../organizations/workspaces' })}..${genuine.split('.')[2] ?? ''}`,
			],
		],
	])('%s is answered 401 and starts nothing', async (_, forge) => {
		expect(
			await startedBy(async () => {
				const answer = await send(...forge(await signatureOf(body)));
				expect(answer).toMatchObject({ status: 401, data: 'Unauthorized' });
			}),
		).toBe(0);
	});

	it('that is malformed JSON starts nothing', async () => {
		expect(
			await startedBy(async () => {
				const answer = await send('{"workflowId":', await signatureOf('{"workflowId":'));
				expect(answer.status).toBeGreaterThanOrEqual(400);
			}),
		).toBe(0);
	});
});

describe('a genuine webhook', () => {
	it('starts the workflow once, however often it is repeated', async () => {
		const body = JSON.stringify({
			event: 'workflow.completed',
			workflowId: 'repeated',
			status: 'COMPLETED',
		});
		await addRun('repeated', 'COMPLETED');
		const signature = await signatureOf(body);
		expect(
			await startedBy(async () => {
				const answers = await Promise.all(
					Array.from({ length: 6 }, async () => await send(body, signature)),
				);
				expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
			}),
		).toBe(1);
	});

	it('of an event that was not chosen is answered 200 and starts nothing', async () => {
		const body = JSON.stringify({
			event: 'workflow.awaiting',
			workflowId: 'not-chosen',
			status: 'AWAITING',
		});
		expect(
			await startedBy(async () => {
				expect(await send(body, await signatureOf(body))).toMatchObject({
					status: 200,
					data: 'OK',
				});
			}),
		).toBe(0);
	});

	it.each(['', 'null', '[]', '"text"'])('with the body %j gets an answer', async (body) => {
		expect((await send(body, await signatureOf(body))).status).toBe(200);
	});
});
