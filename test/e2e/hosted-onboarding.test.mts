// The hosted-onboarding example takes each customer to exactly one outcome, by link, reminders and new links.

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
}, 300_000);
afterAll(async () => {
	await (hosted as HostedOnboarding | undefined)?.stage.close();
});
beforeEach(async () => {
	await hosted.receiveWebhooks();
});

it('redirects the customer to the link, sends it by e-mail too, and reports the end once', async () => {
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
	await hosted.settled();
	await hosted.stage.restart(() => Promise.resolve());
	const runId = await hosted.newestRunHas('COMPLETED');
	await hosted.stage.sandbox.control.post(`/runs/${runId}/deliver`);
	await hosted.settled();
	await hosted.anHourPasses();
	expect(hosted.mailsAbout(customer)).toHaveLength(3);
	expect(await hosted.row(customer)).toMatchObject({ email: '', link: '', open: false });
}, 180_000);

it('reminds each day, informs a colleague after the third e-mail, and still takes the end', async () => {
	const customer = await hosted.invite();
	await hosted.anHourPasses();
	expect(hosted.mailsAbout(customer)).toHaveLength(1);
	for (const count of [2, 3]) {
		await hosted.makeDue(customer);
		await hosted.anHourPasses();
		const reminder = await hosted.mail(customer, count);
		expect([reminder.to, linkIn(reminder)]).toEqual([customer.email, customer.redirect]);
		await hosted.anHourPasses();
		expect(hosted.mailsAbout(customer)).toHaveLength(count);
	}
	await hosted.makeDue(customer);
	await hosted.anHourPasses();
	expect(await hosted.mail(customer, 4)).toMatchObject({
		to: 'responsible@example.com',
		subject: `No reaction: ${customer.company}`,
	});
	await hosted.makeDue(customer);
	await hosted.anHourPasses();
	expect(hosted.mailsAbout(customer)).toHaveLength(4);
	await finish(customer.redirect);
	await hosted.mail(customer, 6);
	await hosted.settled();
	expect(hosted.subjectsAbout(customer).slice(4)).toEqual([
		`Identification completed: ${customer.company}`,
		`Onboarding completed: ${customer.company}, APPROVED`,
	]);
}, 180_000);

it('closes an invitation without a reaction when its last link has expired, and empties the address', async () => {
	const customer = await hosted.invite();
	await hosted.change(customer, { sent: 3 });
	await hosted.makeDue(customer);
	await hosted.anHourPasses();
	await hosted.mail(customer, 2);
	await hosted.change(customer, { expiresAt: hoursAgo(1) });
	await hosted.setStatus(customer, 'EXPIRED');
	await hosted.settled();
	expect(hosted.mailsAbout(customer)).toHaveLength(2);
	expect(await hosted.row(customer)).toMatchObject({ email: '', link: '', open: false });
}, 120_000);

it('sends a new link at once when the old one has expired, and reports nothing as failed', async () => {
	const customer = await hosted.invite();
	await hosted.change(customer, { expiresAt: hoursAgo(1) });
	await hosted.setStatus(customer, 'EXPIRED');
	const reminder = await hosted.mail(customer, 2);
	expect(reminder.subject).toBe(`Reminder: identification for ${customer.company}`);
	expect(linkIn(reminder)).not.toBe(customer.redirect);
	await hosted.settled();
	expect(await hosted.row(customer)).toMatchObject({ sent: 2, link: linkIn(reminder) });
	await finish(linkIn(reminder));
	await hosted.mail(customer, 4);
	await hosted.settled();
	expect(hosted.subjectsAbout(customer).slice(2)).toEqual([
		`Identification completed: ${customer.company}`,
		`Onboarding completed: ${customer.company}, APPROVED`,
	]);
}, 120_000);

it('sends no reminder to a customer who is done while checks still run', async () => {
	const customer = await hosted.invite();
	await hosted.change(customer, { nextAt: hoursAgo(1) });
	await hosted.setStatus(customer, 'AWAITING');
	await hosted.settled();
	await hosted.anHourPasses();
	expect(hosted.mailsAbout(customer)).toHaveLength(1);
	await hosted.setStatus(customer, 'COMPLETED');
	await hosted.mail(customer, 3);
	await hosted.settled();
}, 120_000);

it('reports a run that failed to a colleague, once, when the webhook comes twice', async () => {
	const customer = await hosted.invite();
	await Promise.all([
		hosted.setStatus(customer, 'REJECTED'),
		hosted.setStatus(customer, 'REJECTED'),
	]);
	expect(await hosted.mail(customer, 2)).toMatchObject({
		to: 'responsible@example.com',
		subject: `Onboarding not completed: ${customer.company}`,
	});
	await hosted.settled();
	expect(hosted.mailsAbout(customer)).toHaveLength(2);
	expect(await hosted.row(customer)).toMatchObject({ email: '', link: '', open: false });
}, 120_000);
