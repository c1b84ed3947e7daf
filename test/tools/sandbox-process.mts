import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { AxiosInstance } from 'axios';
import { localHttp } from '../../scripts/local-http.mts';

import { startProgram } from '../../scripts/program/program.mts';
import { PACKAGE_NAME, projectFolder } from '../../scripts/project.mts';
import { TIMEOUT_MILLISECONDS } from '../../scripts/waiting.mts';

const ADDRESS_LINE = /^TransactionLink sandbox: (http:\/\/\S+)$/m;

/** A sandbox that runs as a process of its own. */
export interface SandboxProcess {
	/** The base URL for a credential. */
	url: string;
	/** For the sandbox's control endpoints, below "/_sandbox". No status is an error. */
	control: AxiosInstance;
	stop(): Promise<void>;
}

/**
 * Starts the sandbox as a process of its own.
 *
 * @param port 0 chooses a free one
 * @throws with its last lines when it ends, or does not print its address in time
 */
export async function startSandboxProcess(port = 0): Promise<SandboxProcess> {
	const logFolder = mkdtempSync(join(tmpdir(), `${PACKAGE_NAME}-sandbox-`));
	const program = startProgram({
		file: join(projectFolder, 'sandbox', 'main.mts'),
		args: ['--port', String(port)],
		folder: projectFolder,
		logFile: join(logFolder, 'sandbox.log'),
	});
	const address = () => ADDRESS_LINE.exec(program.output())?.[1];
	const url = await program.whenReady('The sandbox', address);
	const control = localHttp.create({
		baseURL: `${url}/_sandbox`,
		timeout: TIMEOUT_MILLISECONDS,
		validateStatus: () => true,
	});
	const stop = async () => {
		await program.stop();
		rmSync(logFolder, { recursive: true, force: true });
	};
	return { url, control, stop };
}
