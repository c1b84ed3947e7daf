// A whole onboarding works in a real n8n: form, case, run, signed webhook, e-mail.

import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { DEFINITION_IDS } from '../../sandbox/definitions.mts';
import { signatureOf as signatureBy } from '../tools/signed-deliveries.mts';
import { send as sendTo } from './deliveries.mts';
import { countWebhookExecutions, expectWholeOnboarding } from './runs.mts';
import { openStage, type Stage } from './stage.mts';

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
afterAll(async () => {
	await (stage as Stage | undefined)?.close();
});

const countExecutions = async () => await countWebhookExecutions(stage);

/** Creates a run that the trigger can confirm. */
async function addRun(id: string, status: string): Promise<void> {
	await stage.sandbox.control.post('/runs', { id, status });
}

const send = async (body: string, signature?: string) =>
	await sendTo(String(stage.prepared.webhookUrl), body, signature);

const signatureOf = async (body: string) => await signatureBy(stage.sandbox, body);

/**
 * Counts the executions that `act` starts. n8n 1 responds before it saves an execution, so a genuine delivery follows:
 * once its e-mail arrives, all earlier executions are saved.
 */
async function countStartedBy(act: () => Promise<void>): Promise<number> {
	const before = await countExecutions();
	await act();
	const runId = randomUUID();
	await addRun(runId, 'COMPLETED');
	const body = JSON.stringify({
		event: 'workflow.completed',
		workflowId: runId,
		status: 'COMPLETED',
	});
	expect((await send(body, await signatureOf(body))).status).toBe(200);
	await stage.mailServer.waitForMessage(({ text }) => text.includes(runId));
	return (await countExecutions()) - before - 1;
}

it('completes an onboarding without manual steps: form, case, run, signed webhook, e-mail', async () => {
	await expectWholeOnboarding(stage);
});

it('reports a failed run by e-mail', async () => {
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
	const mail = await stage.mailServer.waitForMessage(({ text }) => text.includes(runId));
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
	const mail = await stage.mailServer.waitForMessage(({ text }) =>
		text.includes('with-an-unknown-status'),
	);
	expect(mail.subject).toMatch(/^Onboarding completed: /);
});

it('fails the execution of each event without a run ID, and sends no e-mail', async () => {
	const mails = stage.mailServer.messages.length;
	for (const status of ['COMPLETED', 'FAILED']) {
		const body = JSON.stringify({ event: `workflow.${status.toLowerCase()}`, status });
		expect((await send(body, await signatureOf(body))).status).toBe(200);
		const { error } = await stage.n8n.waitForExecutionOf(
			stage.prepared.completion.id,
			({ itemsOf }) =>
				itemsOf('Called by Another Workflow')[0]?.json['status'] === status &&
				itemsOf('Called by Another Workflow')[0]?.json['workflowId'] === null,
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
			'with a re-serialized body',
			(genuine) => [JSON.stringify(JSON.parse(body), null, 2), genuine],
		],
		[
			'with a foreign key under a genuine key ID',
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
			'with a key ID that is a path',
			(genuine) => [
				body,
				`${encode({ alg: 'RS256', kid: '../../organizations/workspaces' })}..${genuine.split('.')[2] ?? ''}`,
			],
		],
	])('%s gets a 401 and starts no execution', async (_, forge) => {
		expect(
			await countStartedBy(async () => {
				const response = await send(...forge(await signatureOf(body)));
				expect(response).toMatchObject({ status: 401, data: 'Unauthorized' });
			}),
		).toBe(0);
	});

	it('with malformed JSON starts no execution', async () => {
		expect(
			await countStartedBy(async () => {
				const response = await send('{"workflowId":', await signatureOf('{"workflowId":'));
				expect(response.status).toBeGreaterThanOrEqual(400);
			}),
		).toBe(0);
	});
});

describe('a genuine webhook', () => {
	it('starts the workflow once, even if it is repeated', async () => {
		const body = JSON.stringify({
			event: 'workflow.completed',
			workflowId: 'repeated',
			status: 'COMPLETED',
		});
		await addRun('repeated', 'COMPLETED');
		const signature = await signatureOf(body);
		expect(
			await countStartedBy(async () => {
				const responses = await Promise.all(
					Array.from({ length: 6 }, async () => await send(body, signature)),
				);
				expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
			}),
		).toBe(1);
	});

	it('with an event that is not selected gets a 200 and starts no execution', async () => {
		const body = JSON.stringify({
			event: 'workflow.awaiting',
			workflowId: 'not-chosen',
			status: 'AWAITING',
		});
		expect(
			await countStartedBy(async () => {
				expect(await send(body, await signatureOf(body))).toMatchObject({
					status: 200,
					data: 'OK',
				});
			}),
		).toBe(0);
	});

	it.each(['', 'null', '[]', '"text"'])('with the body %j gets a 200', async (body) => {
		expect((await send(body, await signatureOf(body))).status).toBe(200);
	});
});
