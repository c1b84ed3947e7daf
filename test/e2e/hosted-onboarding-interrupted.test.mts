// The hosted-onboarding example reports each outcome although n8n crashes, or a webhook or an e-mail is lost.

import { at } from '../../scripts/json.mts';
import { waitUntil } from '../../scripts/waiting.mts';
import { finish, type HostedOnboarding, openHostedOnboarding } from './hosted-onboarding.mts';
import { sendWebhooksTo } from './runs.mts';

let hosted: HostedOnboarding;
beforeAll(async () => {
	hosted = await openHostedOnboarding();
});
afterAll(async () => {
	await (hosted as HostedOnboarding | undefined)?.stage.close();
});
beforeEach(async () => {
	await hosted.receiveWebhooks();
});

const completed = (company: string): string[] => [
	`Identification completed: ${company}`,
	`Onboarding completed: ${company}, APPROVED`,
];

/** Delays the next response of an operation, after the request took effect. */
async function delayNextResponse(operationId: string, delayMs: number): Promise<void> {
	const fault = { operationId, kind: 'delay', effect: 'after', delayMs, times: 1 };
	await hosted.stage.sandbox.control.post('/faults', fault);
}

it('reports a run that completed while n8n was down and whose webhook was lost', async () => {
	const customer = await hosted.invite();
	await sendWebhooksTo(hosted.stage, null);
	await hosted.stage.crash(async () => {
		await finish(customer.redirect);
		await hosted.waitForNewestRun('COMPLETED');
	});
	await hosted.runSchedule();
	await hosted.runSchedule();
	expect(hosted.subjectsAbout(customer).slice(1)).toEqual(completed(customer.company));
});

it('reports a run whose webhook arrived before the invitation was saved', async () => {
	await delayNextResponse('startWorkflow', 12_000);
	const { data: before } = await hosted.stage.sandbox.control.get<unknown[]>('/runs');
	const submitted = hosted.submit();
	const runId = await waitUntil('the run to start', async () => {
		const { data } = await hosted.stage.sandbox.control.get<unknown[]>('/runs');
		return data.length > before.length ? String(at(data.at(-1), 'id')) : undefined;
	});
	await hosted.stage.sandbox.control.post(`/runs/${runId}/status`, { status: 'COMPLETED' });
	const { customer } = await submitted;
	await hosted.mail(customer, 1);
	await hosted.waitUntilSettled();
	expect(hosted.mailsAbout(customer)).toHaveLength(1);
	await hosted.runSchedule();
	await hosted.runSchedule();
	expect(hosted.subjectsAbout(customer).slice(1)).toEqual(completed(customer.company));
});

it('notifies a colleague once if n8n crashed between the claim of a run and its e-mails', async () => {
	const customer = await hosted.invite();
	await delayNextResponse('getWorkflowResult', 25_000);
	await finish(customer.redirect);
	// The webhook of the step before may cause requests after it.
	await waitUntil('the request for the result', async () => {
		const { data } = await hosted.stage.sandbox.control.get<unknown[]>('/calls', {
			params: { operationId: 'getWorkflowResult' },
		});
		return data.some((call) => at(call, 'durationMs') === null) ? true : undefined;
	});
	await hosted.stage.crash(() => Promise.resolve());
	await hosted.runSchedule();
	expect(hosted.mailsAbout(customer)).toHaveLength(1);
	await hosted.makeDue(customer);
	await hosted.runSchedule();
	await hosted.runSchedule();
	expect(hosted.subjectsAbout(customer).slice(1)).toEqual([`Outcome unclear: ${customer.company}`]);
	expect(await hosted.row(customer)).toMatchObject({ email: '', link: '', open: false });
});

it('retries a reminder that could not be sent, without counting it or delaying others', async () => {
	const [unreachable, other] = [await hosted.invite(), await hosted.invite()];
	await hosted.change(unreachable, { email: '' });
	await hosted.makeDue(unreachable);
	await hosted.makeDue(other);
	await sendWebhooksTo(hosted.stage, null);
	const failing = await hosted.invite();
	await hosted.setStatus(failing, 'REJECTED');
	const { status, error } = await hosted.executeSchedule();
	expect(status).toBe('error');
	expect(error).toContain('1 of the invitations could not be followed up');
	expect(hosted.subjectsAbout(other)).toHaveLength(2);
	expect(hosted.subjectsAbout(failing).at(-1)).toBe(`Onboarding not completed: ${failing.company}`);
	await hosted.change(unreachable, { email: unreachable.email });
	await hosted.makeDue(unreachable);
	await hosted.runSchedule();
	expect(hosted.subjectsAbout(unreachable)).toHaveLength(2);
	expect(await hosted.row(unreachable)).toMatchObject({ sent: 2 });
});

it('retries e-mails about an ended run that could not be sent, and sends each once', async () => {
	const customer = await hosted.invite();
	await hosted.change(customer, { email: '' });
	await finish(customer.redirect);
	await hosted.waitForNewestRun('COMPLETED');
	await hosted.waitUntilSettled();
	expect(hosted.mailsAbout(customer)).toHaveLength(1);
	await hosted.change(customer, { email: customer.email });
	await hosted.makeDue(customer);
	await hosted.runSchedule();
	await hosted.runSchedule();
	expect(hosted.subjectsAbout(customer).slice(1)).toEqual(completed(customer.company));
});
