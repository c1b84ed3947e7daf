import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import type { MailMessage } from '../mail.mts';
import type { Owner } from '../n8n/client.mts';
import type { ExampleAddresses } from '../onboarding/prepare.mts';
import type { OnboardingResult } from '../onboarding/run.mts';

const STEPS = 7;

/** Begins a step of the start. */
export function printStep(number: number, what: string): void {
	console.log(`[${number}/${STEPS}] ${what}`);
}

/** Adds a line to the current step. */
export function printDetail(line: string): void {
	console.log(`      ${line}`);
}

const indented = (text: string, indentation: string): string =>
	text.replaceAll('\n', `\n${indentation}`);

/** Prints an e-mail as it arrives, and saves its attachments. */
export function printMail({ from, to, subject, text, attachments }: MailMessage): void {
	const time = new Date().toTimeString().slice(0, 8);
	printDetail(`${time} E-mail from ${from} to ${to}: ${subject}`);
	printDetail(`  | ${indented(text, '        | ')}`);
	if (attachments.length === 0) return;
	const folder = mkdtempSync(join(tmpdir(), 'transactionlink-mail-'));
	for (const [index, { name, content }] of attachments.entries()) {
		// Numbered, because two can have the same name, and none or ".." is possible.
		const file = join(folder, `${index + 1} ${basename(name)}`.trim());
		writeFileSync(file, content);
		printDetail(`  attached: ${file}`);
	}
}

/** Prints the result of an onboarding. */
export function printOutcome(outcome: OnboardingResult): void {
	const { caseId, runId, status, decision, mail, missing } = outcome;
	const delivery = outcome.webhookDelivered ? 'delivered' : 'not delivered';
	const signature = outcome.signatureVerified ? 'verified' : 'not verified';
	console.log(`
The onboarding:
  case     ${caseId ?? 'none'}
  run      ${runId ?? 'none'} (${[status ?? 'no status', decision].filter(Boolean).join(', ')})
  webhook  ${delivery}, signature ${signature}
  e-mail   ${mail === undefined ? 'none' : `"${mail.subject}" to ${mail.to}`}`);
	for (const sentence of missing) console.log(`  missing  ${indented(sentence, '           ')}`);
}

/** Where the user can continue. */
export interface Addresses extends ExampleAddresses {
	/** Starts the same again. */
	command: string;
	n8nUrl: string;
	owner: Owner;
	sandboxUrl: string;
	mailPort: number;
	logFile: string;
}

/** Prints where the user can continue. */
export function printAddresses(addresses: Addresses): void {
	const { n8nUrl, owner, formUrl, hostedFormUrl, webhookUrl, webhookTestUrl } = addresses;
	const { sandboxUrl, mailPort, logFile, command } = addresses;
	const lines = [
		'\nUp and running:',
		`  editor   ${n8nUrl}`,
		`           sign in with ${owner.email} and ${owner.password}`,
		'  examples start with "TransactionLink: onboarding"; "hosted onboarding" sends the customer a link,',
		'           "spreadsheet" reads workflows/companies.csv',
		formUrl && `  form     ${formUrl}`,
		hostedFormUrl && `           ${hostedFormUrl} (hosted onboarding: the customer gets a link)`,
		webhookUrl && `  webhook  ${webhookUrl} of the router (the sandbox sends there)`,
		webhookTestUrl && `  test URL ${webhookTestUrl} (the sandbox sends there too)`,
		`  sandbox  ${sandboxUrl} (its page shows the credentials)`,
		`  e-mail   arrives at 127.0.0.1:${mailPort}, and is printed here`,
		`  n8n log  ${logFile}`,
		`\nCtrl-C ends all of it. Your changes in n8n are kept for the next \`${command}\`.`,
	];
	console.log(lines.filter((line) => line !== undefined).join('\n'));
}
