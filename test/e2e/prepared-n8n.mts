import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectToN8n, type N8nClient } from '../../scripts/n8n/client.mts';
import { isN8n1 } from '../../scripts/n8n/install.mts';
import { startN8n } from '../../scripts/n8n/instance.mts';
import { packAndUnpack } from '../../scripts/n8n/package.mts';
import type { WorkflowFile } from '../../scripts/n8n/workflow.mts';
import { prepareOnboarding, type Preparation } from '../../scripts/onboarding/prepare.mts';
import { chooseFreePort } from '../../scripts/ports.mts';
import { prepareDataTables } from './data-tables.mts';

/** The user that owns the n8n. */
const OWNER = { email: 'owner@example.com', password: 'Only-4-tests' };

/** Connects to an n8n that started on a copy of the prepared folder. */
export const connectToPrepared = (url: string): Promise<N8nClient> => connectToN8n(url, OWNER);

/** The credentials and example workflows of an n8n. */
export interface Prepared {
	prepared: Preparation;
	/** Changes an example for this n8n. */
	adapted: (file: WorkflowFile) => WorkflowFile;
}

/**
 * Creates credentials and example workflows that are missing, and points the credentials at this sandbox and mail
 * server. The reconciliation only runs when a test starts it, not every quarter of an hour.
 *
 * @throws N8nError
 */
export async function prepareExamples(
	n8n: N8nClient,
	version: string,
	servers: { sandboxUrl: string; mailPort: number },
): Promise<Prepared> {
	const adapted = isN8n1(version) ? await prepareDataTables(n8n) : (file: WorkflowFile) => file;
	const prepared = await prepareOnboarding({ n8n, ...servers, adapted });
	await n8n.deactivateWorkflow(prepared.reconciliation.id);
	return { prepared, adapted };
}

/** The environment variable with the path of the folder that `createPreparedFolder` created. */
const variableFor = (version: string) => `PREPARED_N8N_${version.split('.', 1).join()}`;

/** The folder that was created before the first test file; copy it and start n8n on the copy. */
export function preparedFolder(version: string): string {
	return String(process.env[variableFor(version)]);
}

/**
 * Creates a user folder for n8n that contains the package, the owner, credentials and example workflows. Starting on a
 * copy takes n8n a fraction of the time that it needs to create its tables and to publish the workflows.
 *
 * @returns its path; the caller should delete it
 */
export async function createPreparedFolder(version: string): Promise<string> {
	const userFolder = mkdtempSync(join(tmpdir(), 'transactionlink-prepared-'));
	process.env[variableFor(version)] = userFolder;
	await packAndUnpack({ userFolder });
	const running = await startN8n({ version, userFolder, port: await chooseFreePort() });
	try {
		const n8n = await connectToPrepared(running.url);
		// Each test file has its own servers. Until then, the credentials need any address of this machine.
		await prepareExamples(n8n, version, { sandboxUrl: 'http://127.0.0.1:1', mailPort: 1 });
	} finally {
		await running.stop();
	}
	return userFolder;
}
