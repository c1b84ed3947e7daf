import { join } from 'node:path';

import axios from 'axios';

import { startSandbox } from '../../sandbox/server.mts';
import type { Closing } from '../closing.mts';
import { startMailServer } from '../mail.mts';
import { connectToN8n, type N8nClient } from '../n8n/client.mts';
import { CURRENT_N8N, installN8n } from '../n8n/install.mts';
import { packedPackage, unpackIntoN8n } from '../n8n/package.mts';
import { N8nRefusal } from '../n8n/session.mts';
import { type Preparation, prepare } from '../onboarding/prepare.mts';
import { type Outcome, runOnboarding } from '../onboarding/run.mts';
import { requireFreePort } from '../ports.mts';
import { type Home, keptHome, passingHome } from './home.mts';
import type { Mode } from './mode.mts';
import type { StartOptions } from './options.mts';
import { type Addresses, steps, tellMail } from './told.mts';

const STEPS = 7;

/** Everything that is up, and what can be done with it. */
export interface Stage extends Addresses {
	userFolder: string;
	/** Why no onboarding should be gone through now, as a sentence; `undefined` when one can. */
	whyNoOnboarding: string | undefined;
	/** Goes through one onboarding and tells what came of it. */
	runOnboarding(): Promise<Outcome>;
	/** Comes when n8n is gone. */
	n8nEnded: Promise<void>;
}

async function requirePorts(mode: Mode, options: StartOptions): Promise<void> {
	const { port, sandboxPort, mailPort } = options;
	await requireFreePort(port, 'n8n', '--port');
	for (const more of mode.morePorts(options))
		await requireFreePort(more.port, more.purpose, more.option);
	await requireFreePort(sandboxPort, 'the sandbox', '--sandbox-port');
	await requireFreePort(mailPort, 'the mail server', '--mail-port');
}

async function signIn(url: string, home: Home, command: string): Promise<N8nClient> {
	try {
		return await connectToN8n(url, home.owner);
	} catch (error) {
		if (!(error instanceof N8nRefusal) || error.status !== 401) throw error;
		const file = join(home.userFolder, 'owner.json');
		throw new Error(
			`n8n does not take the owner's e-mail and password from ${file}.\n` +
				`If you changed them in n8n, write them there as well. To begin anew: ${command} -- --fresh`,
		);
	}
}

// An onboarding makes cases and runs. At the sandbox they cost nothing; at the real TransactionLink they may.
function whyNoOnboarding({
	transactionLink,
	mail,
	onboarding,
	completion,
}: Preparation): string | undefined {
	if (!transactionLink.isOurs) {
		return `the credential "${transactionLink.name}" no longer leads to the sandbox, and this would start a real run.`;
	}
	if (!mail.isOurs) return `the credential "${mail.name}" no longer leads to the mail server here.`;
	const idle = [onboarding, completion].find(({ active }) => !active);
	return idle === undefined ? undefined : `the workflow "${idle.name}" is not active.`;
}

/**
 * Brings up the sandbox, the mail server and n8n with this package in it, and tells how far it is.
 *
 * @param mode how n8n is run
 * @param options what the person chose
 * @param ends gets everything that has to be ended, also when this throws
 * @throws MissingServer, TakenPort, FolderInUse, and whatever keeps one of the parts from coming up
 */
export async function bringUp(mode: Mode, options: StartOptions, ends: Closing): Promise<Stage> {
	const progress = steps(STEPS);
	const report = (line: string) => {
		progress.detail(line);
	};

	mode.requireParts();
	await requirePorts(mode, options);
	progress.next(`n8n ${CURRENT_N8N}`);
	await installN8n(CURRENT_N8N, report);

	progress.next('The package');
	const tarball = await packedPackage({ report });

	progress.next('The folder that n8n lives in');
	const home = options.once ? passingHome() : keptHome({ ...mode, fresh: options.fresh });
	ends.add(() => {
		home.leave();
	});
	report(home.isKnown ? `What the last start kept is in ${home.userFolder}` : home.userFolder);
	await unpackIntoN8n(tarball, home.userFolder);

	progress.next('The sandbox and the mail server');
	const sandbox = await startSandbox({ port: options.sandboxPort });
	ends.add(() => sandbox.close());
	const mailServer = await startMailServer(options.mailPort, tellMail);
	ends.add(() => mailServer.close());

	progress.next(`Starting ${mode.whatStarts} ...`);
	const running = await mode.start(
		{ version: CURRENT_N8N, port: options.port, home, options },
		ends,
	);

	progress.next('Credentials and workflows');
	const n8n = await signIn(running.url, home, mode.command);
	const { receiver } = running;
	const prepared = await prepare({
		n8n,
		sandboxUrl: sandbox.url,
		mailPort: mailServer.port,
		receiver,
	});
	await axios.put(
		`${sandbox.url}/_sandbox/webhook`,
		{ address: prepared.webhookUrl ?? null, testAddress: prepared.webhookTestUrl ?? null },
		{ proxy: false },
	);

	return {
		command: mode.command,
		n8nUrl: running.url,
		sandboxUrl: sandbox.url,
		mailPort: mailServer.port,
		owner: home.owner,
		userFolder: home.userFolder,
		logFile: running.logFile,
		formUrl: prepared.formUrl,
		webhookUrl: prepared.webhookUrl,
		webhookTestUrl: prepared.webhookTestUrl,
		whyNoOnboarding: whyNoOnboarding(prepared),
		runOnboarding: async () => {
			progress.next('One onboarding: a customer fills in the form ...');
			return await runOnboarding({ n8n, mailServer, sandboxUrl: sandbox.url, prepared });
		},
		n8nEnded: running.ended,
	};
}
