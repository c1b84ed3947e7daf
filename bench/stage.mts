import { connectToN8n, type N8nClient } from '../scripts/n8n/client.mts';
import { CURRENT_N8N } from '../scripts/n8n/install.mts';
import { type RunningN8n, startN8n } from '../scripts/n8n/instance.mts';
import { packAndUnpack } from '../scripts/n8n/package.mts';
import {
	ensureCredential,
	type EnsuredCredential,
	sandboxCredential,
} from '../scripts/onboarding/credentials.mts';
import { chooseFreePort } from '../scripts/ports.mts';
import { temporaryFolder } from '../scripts/project.mts';
import { type SandboxProcess, startSandboxProcess } from '../test/tools/sandbox-process.mts';
import { onShutdown } from '../scripts/signals.mts';

/** A fresh n8n with the package in it, and a sandbox that takes 20 ms for each response. */
export interface Stage {
	n8n: N8nClient;
	process: RunningN8n;
	sandbox: SandboxProcess;
	credential: EnsuredCredential;
}

const ANSWER_MILLISECONDS = 20;

/**
 * Brings such a stage up, does something on it, and takes it down again, whatever happens: also on a signal.
 *
 * @param environment more variables for this n8n
 */
export async function onStage<Result>(
	work: (stage: Stage) => Promise<Result>,
	environment: Record<string, string> = {},
): Promise<Result> {
	await using ends = new AsyncDisposableStack();
	ends.defer(onShutdown(() => ends.disposeAsync()));
	const userFolder = temporaryFolder('bench', ends);
	await packAndUnpack({ userFolder });
	const sandbox = await startSandboxProcess();
	ends.defer(() => sandbox.stop());
	await sandbox.control.patch('/settings', { delayMs: ANSWER_MILLISECONDS });
	const port = await chooseFreePort();
	const running = await startN8n({ version: CURRENT_N8N, userFolder, port, environment }, ends);
	const n8n = await connectToN8n(running.url);
	const credential = await ensureCredential(n8n, sandboxCredential(sandbox.url), 'baseUrl');
	return await work({ n8n, process: running, sandbox, credential });
}
