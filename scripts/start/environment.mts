import { join } from 'node:path';

import { localHttp } from '../local-http.mts';

import { startSandbox } from '../../sandbox/server.mts';
import { UserError } from '../command-line.mts';
import { startMailServer } from '../mail.mts';
import { connectToN8n, type N8nClient } from '../n8n/client.mts';
import { exampleNames } from '../n8n/examples.mts';
import { CURRENT_N8N, installN8n } from '../n8n/install.mts';
import { packedPackage, unpackIntoN8n } from '../n8n/package.mts';
import { N8nError } from '../n8n/request.mts';
import { type Preparation, prepareOnboarding } from '../onboarding/prepare.mts';
import { runOnboarding } from '../onboarding/run.mts';
import { requireFreePort } from '../ports.mts';
import { type Home, persistentHome, temporaryHome } from './home.mts';
import { type Mode, queueMode, singleMode } from './mode.mts';
import type { StartOptions } from './options.mts';
import { printDetail, printMail, printStep } from './output.mts';

async function requirePorts(options: StartOptions): Promise<void> {
	await requireFreePort(options.port, 'n8n', '--port');
	if (options.queue)
		await requireFreePort(options.webhookPort, "n8n's webhook processor", '--webhook-port');
	await requireFreePort(options.sandboxPort, 'the sandbox', '--sandbox-port');
	await requireFreePort(options.mailPort, 'the mail server', '--mail-port');
}

async function signIn(url: string, home: Home, command: string): Promise<N8nClient> {
	try {
		return await connectToN8n(url, home.owner);
	} catch (error) {
		if (!(error instanceof N8nError) || error.status !== 401) throw error;
		throw new UserError(
			`n8n rejects the owner's e-mail address and password in ${join(home.userFolder, 'owner.json')}.\n` +
				`If you changed them in n8n, enter them there as well. To start from scratch: ${command} -- --fresh`,
		);
	}
}

// Why no onboarding should be run now, as a sentence. An onboarding creates a case and a run, which may have a price at
// the real TransactionLink.
function whyNoOnboarding(prepared: Preparation): string | undefined {
	const { transactionLink, mail, onboarding, completion, receiving } = prepared;
	if (!transactionLink.isLocal)
		return `the credential "${transactionLink.name}" is not for the sandbox, and this would start a real run.`;
	if (!mail.isLocal) return `the credential "${mail.name}" is not for the mail server here.`;
	const inactive = [onboarding, completion, receiving].find(({ active }) => !active);
	return inactive && `the workflow "${inactive.name}" is not active.`;
}

/**
 * Starts the sandbox, the mail server and n8n with this package, and prints each step.
 *
 * @param ends gets everything that has to be stopped, also when this throws
 * @throws UserError, and whatever keeps one of the parts from starting
 */
export async function startEnvironment(options: StartOptions, ends: AsyncDisposableStack) {
	const mode: Mode = options.queue ? queueMode : singleMode;
	await requirePorts(options);

	printStep(1, `n8n ${CURRENT_N8N}`);
	await installN8n(CURRENT_N8N, printDetail);

	printStep(2, 'The package');
	const tarball = await packedPackage({ report: printDetail });

	printStep(3, "n8n's folder");
	const home = options.once
		? temporaryHome()
		: persistentHome({ ...mode, fresh: options.fresh }, ends);
	printDetail(`${home.userFolder}${home.isExisting ? ', with the data of the last start' : ''}`);
	await unpackIntoN8n(tarball, home.userFolder);

	printStep(4, 'The sandbox and the mail server');
	const sandbox = await startSandbox({ port: options.sandboxPort });
	ends.defer(() => sandbox.close());
	const mailServer = await startMailServer(options.mailPort, printMail);
	ends.defer(() => mailServer.close());

	printStep(5, `Starting ${mode.parts} ...`);
	const { main, receiver } = await mode.start(options, home, ends);

	printStep(6, 'Credentials and workflows');
	const n8n = await signIn(main.url, home, mode.command);
	const { url: sandboxUrl } = sandbox;
	const { port: mailPort } = mailServer;
	const names = exampleNames();
	const prepared = await prepareOnboarding({ n8n, sandboxUrl, mailPort, receiver, names });
	const { webhookUrl = null, webhookTestUrl = null } = prepared;
	const webhook = { address: webhookUrl, testAddress: webhookTestUrl };
	await localHttp.put(`${sandboxUrl}/_sandbox/webhook`, webhook);

	return {
		...{ ...prepared, ...home, command: mode.command, sandboxUrl, mailPort },
		...{ n8nUrl: main.url, logFile: main.logFile, n8nEnded: main.ended },
		whyNoOnboarding: whyNoOnboarding(prepared),
		runOnboarding: async () => {
			printStep(7, 'One onboarding: a customer fills in the form ...');
			return await runOnboarding({ n8n, mailServer, sandboxUrl, prepared });
		},
	};
}
