import { spawn } from 'node:child_process';
import { join } from 'node:path';

import axios, { type AxiosInstance } from 'axios';

import { endProcessTree, endTogetherWithThisProcess } from './n8n/process-tree.mts';
import { projectFolder } from './project.mts';
import { waitUntil } from './waiting.mts';

const READY_WITHIN_MILLISECONDS = 20_000;
const KEPT_CHARACTERS = 10_000;
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
	const child = spawn(process.execPath, [join('sandbox', 'main.mts'), '--port', String(port)], {
		cwd: projectFolder,
		detached: process.platform !== 'win32',
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	endTogetherWithThisProcess(child);
	let printed = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk: Buffer) => {
			printed = (printed + chunk.toString('utf8')).slice(-KEPT_CHARACTERS);
		});
	}
	const stop = () => endProcessTree(child);
	try {
		const url = await waitUntil(
			'the sandbox to say its address',
			() => {
				if (child.exitCode !== null || child.signalCode !== null) {
					throw new Error(`The sandbox ended before it was ready. It said:\n${printed}`);
				}
				return Promise.resolve(ADDRESS_LINE.exec(printed)?.[1]);
			},
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
