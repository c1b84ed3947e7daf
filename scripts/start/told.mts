import type { MailMessage } from '../mail.mts';
import type { Outcome } from '../onboarding/run.mts';

/** Prints a line for the person in front of the terminal. */
export function say(line = ''): void {
	process.stdout.write(`${line}\n`);
}

/**
 * Counts the steps of a longer undertaking aloud.
 *
 * @param total how many there are
 * @returns `next` begins a step and says how far it is; `detail` says something within it
 */
export function steps(total: number): { next(what: string): void; detail(line: string): void } {
	let number = 0;
	return {
		next(what) {
			number += 1;
			say(`[${number}/${total}] ${what}`);
		},
		detail(line) {
			say(`      ${line}`);
		},
	};
}

function indented(text: string, indentation: string): string {
	return text
		.split('\n')
		.map((line) => `${indentation}${line}`)
		.join('\n');
}

/** Prints an e-mail as it arrives. */
export function tellMail(mail: MailMessage): void {
	say(`      E-mail from ${mail.from} to ${mail.to}: ${mail.subject}`);
	say(indented(mail.text, '        | '));
}

/** Prints what came out of an onboarding, and what of it was not seen. */
export function tellOutcome(outcome: Outcome): void {
	const ending = [outcome.status ?? 'not told', outcome.decision]
		.filter((word) => word !== undefined)
		.join(', ');
	say('');
	say('What came out of the onboarding:');
	say(`  case     ${outcome.caseId ?? 'none'}`);
	say(`  run      ${outcome.runId ?? 'none'} (${ending})`);
	say(
		`  webhook  ${outcome.webhookDelivered ? 'delivered' : 'not delivered'}, signature ` +
			(outcome.signatureVerified ? 'verified' : 'not verified'),
	);
	say(
		`  e-mail   ${outcome.mail === undefined ? 'none' : `"${outcome.mail.subject}" to ${outcome.mail.to}`}`,
	);
	for (const sentence of outcome.missing)
		say(`  missing  ${indented(sentence, '           ').trimStart()}`);
}

/** Where a person can go on from here. */
export interface Addresses {
	/** What a person typed. */
	command: string;
	n8nUrl: string;
	owner: { email: string; password: string };
	/** `undefined` when there is no form any more. */
	formUrl: string | undefined;
	/** `undefined` when there is no trigger any more. */
	webhookUrl: string | undefined;
	webhookTestUrl: string | undefined;
	sandboxUrl: string;
	mailPort: number;
	logFile: string;
}

/** Prints where a person can go on. */
export function tellAddresses(stage: Addresses): void {
	say('');
	say('Up and running:');
	say(`  editor   ${stage.n8nUrl}`);
	say(`           sign in with ${stage.owner.email} and ${stage.owner.password}`);
	if (stage.formUrl !== undefined) say(`  form     ${stage.formUrl}`);
	if (stage.webhookUrl !== undefined) say(`  webhook  ${stage.webhookUrl} (the sandbox knows it)`);
	if (stage.webhookTestUrl !== undefined)
		say(`  test URL ${stage.webhookTestUrl} (the sandbox sends there too)`);
	say(`  sandbox  ${stage.sandboxUrl}`);
	say(`  e-mail   arrives at 127.0.0.1:${stage.mailPort}, and is printed here`);
	say(`  n8n log  ${stage.logFile}`);
	say('');
	say(
		`Ctrl-C ends all of it. What you change in n8n is there again at the next \`${stage.command}\`.`,
	);
}
