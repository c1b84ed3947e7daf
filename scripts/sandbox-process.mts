import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import axios, { type AxiosInstance } from 'axios';

import { startProgram } from './program/start.mts';
import { PACKAGE_NAME, projectFolder } from './project.mts';
import { waitUntil } from './waiting.mts';

const READY_WITHIN_MILLISECONDS = 20_000;
const ADDRESS_LINE = /^TransactionLink sandbox: (http:\/\/\S+)$/m;

/** A sandbox that runs as a process of its own. */
export interface SandboxProcess {
	/** What goes into a credential as the base URL. */
	url: string;
	/** Speaks to the sandbox's own controls: paths are below "/_sandbox", any status is an answer. */
	control: AxiosInstance;
	/** Ends the sandbox, and comes back when it is gone. */
	stop(): Promise<void>;
}

/**
 * Starts the sandbox as a process of its own, for programs that cannot load it into theirs: the tests run as
 * CommonJS, and the sandbox signs with a library that is a module.
 *
 * @param port 0 chooses a free one
 * @throws when it ends, or does not say its address within 20 seconds
 */
export async function startSandboxProcess(port = 0): Promise<SandboxProcess> {
	const logFolder = mkdtempSync(join(tmpdir(), `${PACKAGE_NAME}-sandbox-`));
	const program = startProgram({
		file: join(projectFolder, 'sandbox', 'main.mts'),
		words: ['--port', String(port)],
		folder: projectFolder,
		logFile: join(logFolder, 'sandbox.log'),
	});
	const stop = async () => {
		await program.stop();
		rmSync(logFolder, { recursive: true, force: true });
	};
	const address = () => {
		if (program.isGone())
			throw new Error(`The sandbox ended before it was ready. It said:\n${program.lastWords()}`);
		return Promise.resolve(ADDRESS_LINE.exec(program.output())?.[1]);
	};
	try {
		const url = await waitUntil(
			'the sandbox to say its address',
			address,
			READY_WITHIN_MILLISECONDS,
		);
		const control = axios.create({
			baseURL: `${url}/_sandbox`,
			timeout: 30_000,
			proxy: false,
			validateStatus: () => true,
		});
		return { url, control, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}
