import { startMailServer, type MailServer } from '../../scripts/mail.mts';
import { connectToN8n, type N8nClient } from '../../scripts/n8n/client.mts';
import { packAndUnpack } from '../../scripts/n8n/package.mts';
import { prepareOnboarding, type Preparation } from '../../scripts/onboarding/prepare.mts';
import { chooseFreePort } from '../../scripts/ports.mts';
import { temporaryFolder } from '../../scripts/project.mts';
import { type Cluster, startCluster } from '../../scripts/queue/cluster.mts';
import { startSandboxProcess, type SandboxProcess } from '../tools/sandbox-process.mts';
import { TESTED_N8N } from './generation.mts';

/** A real n8n in queue mode with the packed package installed, a sandbox and a mail server. */
export interface QueueStage {
	cluster: Cluster;
	n8n: N8nClient;
	sandbox: SandboxProcess;
	sandboxUrl: string;
	/** The folder that all processes of n8n share. It also contains the files of Redis. */
	userFolder: string;
	mailServer: MailServer;
	/**
	 * Credentials and active example workflows. Their addresses are those of the webhook processor. The reconciliation
	 * is inactive and runs manually.
	 */
	prepared: Preparation;
	close(): Promise<void>;
}

async function setUp(ends: AsyncDisposableStack): Promise<QueueStage> {
	const userFolder = temporaryFolder('queue', ends);
	await packAndUnpack({ userFolder });
	const sandbox = await startSandboxProcess();
	ends.defer(() => sandbox.stop());
	const mailServer = await startMailServer(0);
	ends.defer(() => mailServer.close());
	const cluster = await startCluster(
		{
			version: TESTED_N8N,
			userFolder,
			postgresFolder: temporaryFolder('postgres', ends),
			port: await chooseFreePort(),
			webhookPort: await chooseFreePort(),
		},
		ends,
	);
	const n8n = await connectToN8n(cluster.main.url);
	const prepared = await prepareOnboarding({
		n8n,
		sandboxUrl: sandbox.url,
		mailPort: mailServer.port,
		receiver: cluster.webhookProcessor.url,
	});
	// Its schedule would process runs that a test processes itself.
	await n8n.deactivateWorkflow(prepared.reconciliation.id);
	await sandbox.control.put('/webhook', { address: prepared.webhookUrl });
	return {
		cluster,
		n8n,
		sandbox,
		sandboxUrl: sandbox.url,
		userFolder,
		mailServer,
		prepared,
		close: () => ends.disposeAsync(),
	};
}

/** Starts everything on free ports and in temporary folders. If a part does not start, stops the others. */
export async function openQueueStage(): Promise<QueueStage> {
	const ends = new AsyncDisposableStack();
	try {
		return await setUp(ends);
	} catch (error) {
		await ends.disposeAsync();
		throw error;
	}
}
