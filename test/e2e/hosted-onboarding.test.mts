// The hosted-onboarding example leads each customer to one outcome through a link, reminders and new links.

import {
	finish,
	type HostedOnboarding,
	hoursAgo,
	linkIn,
	openHostedOnboarding,
} from './hosted-onboarding.mts';

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

it('redirects the customer to the link, also sends it by e-mail, and reports the outcome once', async () => {
	const customer = await hosted.invite();
	const link = await hosted.mail(customer, 1);
	expect([link.to, linkIn(link)]).toEqual([customer.email, customer.redirect]);
	await finish(customer.redirect);
	expect(await hosted.mail(customer, 2)).toMatchObject({
		to: customer.email,
		subject: `Identification completed: ${customer.company}`,
	});
	expect(await hosted.mail(customer, 3)).toMatchObject({
		to: 'responsible@example.com',
		subject: `Onboarding completed: ${customer.company}, APPROVED`,
	});
	await hosted.waitUntilSettled();
	await hosted.stage.restart(() => Promise.resolve());
	const runId = await hosted.waitForNewestRun('COMPLETED');
	await hosted.stage.sandbox.control.post(`/runs/${runId}/deliver`);
	await hosted.waitUntilSettled();
	await hosted.runSchedule();
	expect(hosted.mailsAbout(customer)).toHaveLength(3);
	expect(await hosted.row(customer)).toMatchObject({ email: '', link: '', open: false });
});

it('sends daily reminders, notifies a colleague after the third e-mail, and still reports the outcome', async () => {
	const customer = await hosted.invite();
	await hosted.runSchedule();
	expect(hosted.mailsAbout(customer)).toHaveLength(1);
	for (const count of [2, 3]) {
		await hosted.makeDue(customer);
		await hosted.runSchedule();
		const reminder = await hosted.mail(customer, count);
		expect([reminder.to, linkIn(reminder)]).toEqual([customer.email, customer.redirect]);
		await hosted.runSchedule();
		expect(hosted.mailsAbout(customer)).toHaveLength(count);
	}
	await hosted.makeDue(customer);
	await hosted.runSchedule();
	expect(await hosted.mail(customer, 4)).toMatchObject({
		to: 'responsible@example.com',
		subject: `No reaction: ${customer.company}`,
	});
	await hosted.makeDue(customer);
	await hosted.runSchedule();
	expect(hosted.mailsAbout(customer)).toHaveLength(4);
	await finish(customer.redirect);
	await hosted.mail(customer, 6);
	await hosted.waitUntilSettled();
	expect(hosted.subjectsAbout(customer).slice(4)).toEqual([
		`Identification completed: ${customer.company}`,
		`Onboarding completed: ${customer.company}, APPROVED`,
	]);
});

it('closes an unanswered invitation when its last link has expired, and clears the address', async () => {
	const customer = await hosted.invite();
	await hosted.change(customer, { sent: 3 });
	await hosted.makeDue(customer);
	await hosted.runSchedule();
	await hosted.mail(customer, 2);
	await hosted.change(customer, { expiresAt: hoursAgo(1) });
	await hosted.setStatus(customer, 'EXPIRED');
	await hosted.waitUntilSettled();
	expect(hosted.mailsAbout(customer)).toHaveLength(2);
	expect(await hosted.row(customer)).toMatchObject({ email: '', link: '', open: false });
});

it('sends a new link as soon as the old one expires, and reports no failed run', async () => {
	const customer = await hosted.invite();
	await hosted.change(customer, { expiresAt: hoursAgo(1) });
	await hosted.setStatus(customer, 'EXPIRED');
	const reminder = await hosted.mail(customer, 2);
	expect(reminder.subject).toBe(`Reminder: identification for ${customer.company}`);
	expect(linkIn(reminder)).not.toBe(customer.redirect);
	await hosted.waitUntilSettled();
	expect(await hosted.row(customer)).toMatchObject({ sent: 2, link: linkIn(reminder) });
	await finish(linkIn(reminder));
	await hosted.mail(customer, 4);
	await hosted.waitUntilSettled();
	expect(hosted.subjectsAbout(customer).slice(2)).toEqual([
		`Identification completed: ${customer.company}`,
		`Onboarding completed: ${customer.company}, APPROVED`,
	]);
});

it('sends no reminder to a customer who has finished while checks are still running', async () => {
	const customer = await hosted.invite();
	await hosted.change(customer, { nextAt: hoursAgo(1) });
	await hosted.setStatus(customer, 'AWAITING');
	await hosted.waitUntilSettled();
	await hosted.runSchedule();
	expect(hosted.mailsAbout(customer)).toHaveLength(1);
	await hosted.setStatus(customer, 'COMPLETED');
	await hosted.mail(customer, 3);
	await hosted.waitUntilSettled();
});

it('reports a failed run to a colleague once if two webhooks arrive', async () => {
	const customer = await hosted.invite();
	await Promise.all([
		hosted.setStatus(customer, 'REJECTED'),
		hosted.setStatus(customer, 'REJECTED'),
	]);
	expect(await hosted.mail(customer, 2)).toMatchObject({
		to: 'responsible@example.com',
		subject: `Onboarding not completed: ${customer.company}`,
	});
	await hosted.waitUntilSettled();
	expect(hosted.mailsAbout(customer)).toHaveLength(2);
	expect(await hosted.row(customer)).toMatchObject({ email: '', link: '', open: false });
});
