import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMailServer, type MailServer } from '../../scripts/mail.mts';
import { connectToN8n, type N8nClient } from '../../scripts/n8n/client.mts';
import { packAndUnpack } from '../../scripts/n8n/package.mts';
import { prepare, type Preparation } from '../../scripts/onboarding/prepare.mts';
import { chooseFreePort } from '../../scripts/ports.mts';
import { type Cluster, startCluster } from '../../scripts/queue/cluster.mts';
import { startSandboxProcess, type SandboxProcess } from '../../scripts/sandbox-process.mts';
import { TESTED_N8N } from './generation.mts';
import { OWNER } from './prepared-n8n.mts';

/** A real n8n in queue mode with the packed package in it, a sandbox and a mail server. */
export interface QueueStage {
	cluster: Cluster;
	n8n: N8nClient;
	sandbox: SandboxProcess;
	sandboxUrl: string;
	/** Shared by all processes of n8n; Redis keeps its files here as well. */
	userFolder: string;
	mailServer: MailServer;
	/**
	 * Credentials and example workflows, ready and active; their addresses are the webhook processor's. The
	 * reconciliation runs by hand alone.
	 */
	prepared: Preparation;
	close(): Promise<void>;
}

function passingFolder(purpose: string, ends: AsyncDisposableStack): string {
	const folder = mkdtempSync(join(tmpdir(), `transactionlink-${purpose}-`));
	ends.defer(() => {
		rmSync(folder, { recursive: true, force: true });
	});
	return folder;
}

async function setUp(ends: AsyncDisposableStack): Promise<QueueStage> {
	const userFolder = passingFolder('queue', ends);
	await packAndUnpack({ userFolder, report: () => undefined });
	const sandbox = await startSandboxProcess();
	ends.defer(() => sandbox.stop());
	const mailServer = await startMailServer(0);
	ends.defer(() => mailServer.close());
	const cluster = await startCluster(
		{
			version: TESTED_N8N,
			userFolder,
			postgresFolder: passingFolder('postgres', ends),
			port: await chooseFreePort(),
			webhookPort: await chooseFreePort(),
		},
		ends,
	);
	const n8n = await connectToN8n(cluster.main.url, OWNER);
	const prepared = await prepare({
		n8n,
		sandboxUrl: sandbox.url,
		mailPort: mailServer.port,
		receiver: cluster.webhookProcessor.url,
	});
	// By itself, every quarter of an hour, it would finish runs that a test wants to finish in its own way.
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

/** Brings everything up, on free ports and in folders that are gone afterwards, also when a part does not come up. */
export async function openQueueStage(): Promise<QueueStage> {
	const ends = new AsyncDisposableStack();
	try {
		return await setUp(ends);
	} catch (error) {
		await ends.disposeAsync();
		throw error;
	}
}
