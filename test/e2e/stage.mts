import { randomUUID } from 'node:crypto';
import { cpSync } from 'node:fs';
import { chain, MANUAL_START } from '../../scripts/n8n/chain.mts';
import { startMailServer, type MailServer } from '../../scripts/mail.mts';
import type { N8nClient } from '../../scripts/n8n/client.mts';
import { readExampleWorkflow } from '../../scripts/n8n/examples.mts';
import type { Execution } from '../../scripts/n8n/execution.mts';
import { type RunningN8n, startN8n } from '../../scripts/n8n/instance.mts';
import {
	ACTION_NODE,
	type CredentialReference,
	type WorkflowFile,
} from '../../scripts/n8n/workflow.mts';
import type { Preparation } from '../../scripts/onboarding/prepare.mts';
import { chooseFreePort } from '../../scripts/ports.mts';
import { temporaryFolder } from '../../scripts/project.mts';
import { startSandboxProcess, type SandboxProcess } from '../tools/sandbox-process.mts';
import { TESTED_N8N } from './generation.mts';
import { connectToPrepared, preparedFolder, prepareExamples } from './prepared-n8n.mts';

/** A real n8n with the packed package installed, a sandbox and a mail server. */
export interface Stage {
	n8n: N8nClient;
	sandbox: SandboxProcess;
	sandboxUrl: string;
	/** The folder of n8n's database, logs and packages. */
	userFolder: string;
	mailServer: MailServer;
	/** Credentials and active example workflows. The reconciliation is inactive and runs manually. */
	prepared: Preparation;
	/** An example workflow, adapted to this n8n. */
	example(name: string): WorkflowFile;
	/** Runs the action node manually in a new workflow, with the prepared credential or another. */
	runAction(
		parameters: Record<string, unknown>,
		credential?: CredentialReference,
	): Promise<Execution>;
	/** Stops n8n, awaits `meanwhile`, and starts n8n again with the same folder and port. */
	restart(meanwhile: () => Promise<void>): Promise<void>;
	/** Like `restart`, but kills n8n, so that it cannot shut down cleanly. */
	crash(meanwhile: () => Promise<void>): Promise<void>;
	close(): Promise<void>;
}

/** The name that `runAction` gives to the node. */
export const ACTION = 'TransactionLink';

/** Starts everything on free ports and in a temporary folder. If a part does not start, stops the others. */
export async function openStage(): Promise<Stage> {
	const ends = new AsyncDisposableStack();
	try {
		return await setUp(ends);
	} catch (error) {
		await ends.disposeAsync();
		throw error;
	}
}

async function setUp(ends: AsyncDisposableStack): Promise<Stage> {
	const userFolder = temporaryFolder('e2e', ends);
	cpSync(preparedFolder(TESTED_N8N), userFolder, { recursive: true });
	const sandbox = await startSandboxProcess();
	ends.defer(() => sandbox.stop());
	const mailServer = await startMailServer(0);
	ends.defer(() => mailServer.close());
	const port = await chooseFreePort();
	const start = async () => await startN8n({ version: TESTED_N8N, userFolder, port });
	let running = await start();
	ends.defer(() => running.stop());
	const n8n = await connectToPrepared(running.url);
	const servers = { sandboxUrl: sandbox.url, mailPort: mailServer.port };
	const { prepared, adapted } = await prepareExamples(n8n, TESTED_N8N, servers);
	await sandbox.control.put('/webhook', { address: prepared.webhookUrl });
	const startAgainAfter =
		(end: (n8n: RunningN8n) => Promise<void>): Stage['restart'] =>
		async (meanwhile) => {
			await end(running);
			await meanwhile();
			running = await start();
		};
	const example = (name: string) => adapted(readExampleWorkflow(name));
	const restart = startAgainAfter((n8n) => n8n.stop());
	const crash = startAgainAfter((n8n) => n8n.kill());
	const close = () => ends.disposeAsync();
	return {
		n8n,
		sandbox,
		sandboxUrl: sandbox.url,
		userFolder,
		mailServer,
		prepared,
		close,
		restart,
		crash,
		example,
		runAction: actionRunner(n8n, prepared),
	};
}

function actionRunner(n8n: N8nClient, { transactionLink }: Preparation): Stage['runAction'] {
	return async (parameters, { id, name } = transactionLink) => {
		const action = {
			name: ACTION,
			type: ACTION_NODE,
			parameters,
			credentials: { transactionLinkApi: { id, name } },
		};
		const workflow = await n8n.importWorkflow(
			chain(`Action ${randomUUID()}`, MANUAL_START, action),
		);
		return await n8n.waitForExecution(await n8n.runWorkflow(workflow, 'Start'));
	};
}
