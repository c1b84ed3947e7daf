import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { connectToN8n, type N8nClient } from '../scripts/n8n/client.mts';
import { CURRENT_N8N } from '../scripts/n8n/install.mts';
import { type RunningN8n, startN8n } from '../scripts/n8n/instance.mts';
import { packAndUnpack } from '../scripts/n8n/package.mts';
import {
	readyCredential,
	type ReadyCredential,
	sandboxCredential,
} from '../scripts/onboarding/credentials.mts';
import { chooseFreePort } from '../scripts/ports.mts';
import { type SandboxProcess, startSandboxProcess } from '../scripts/sandbox-process.mts';
import { beforeAnEnd } from '../scripts/signals.mts';

/** A fresh n8n with the package in it, and a sandbox that takes 20 ms for each response. */
export interface Stage {
	n8n: N8nClient;
	process: RunningN8n;
	sandbox: SandboxProcess;
	credential: ReadyCredential;
	userFolder: string;
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
	const ends = new AsyncDisposableStack();
	const forget = beforeAnEnd(() => ends.disposeAsync());
	try {
		const userFolder = mkdtempSync(join(tmpdir(), 'transactionlink-bench-'));
		ends.defer(() => {
			rmSync(userFolder, { recursive: true, force: true });
		});
		await packAndUnpack({ userFolder, report: () => undefined });
		// A signal may come while one of them starts.
		const startingSandbox = startSandboxProcess();
		ends.defer(async () => await (await startingSandbox.catch(() => undefined))?.stop());
		const sandbox = await startingSandbox;
		await sandbox.control.patch('/settings', { delayMs: ANSWER_MILLISECONDS });
		const startingN8n = startN8n({
			version: CURRENT_N8N,
			userFolder,
			port: await chooseFreePort(),
			environment,
		});
		ends.defer(async () => await (await startingN8n.catch(() => undefined))?.stop());
		const running = await startingN8n;
		const owner = {
			email: 'owner@example.com',
			password: `Bench-${randomUUID()}1`,
			firstName: 'Bench',
			lastName: 'Owner',
		};
		const n8n = await connectToN8n(running.url, owner);
		const credential = await readyCredential(n8n, sandboxCredential(sandbox.url), 'baseUrl');
		return await work({ n8n, process: running, sandbox, credential, userFolder });
	} finally {
		await ends.disposeAsync();
		forget();
	}
}
