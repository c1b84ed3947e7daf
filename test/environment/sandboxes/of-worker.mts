import { Agent } from 'node:http';

import axios, { type AxiosInstance } from 'axios';

/** A connection for each request: one that was kept may be closed at the other end at the moment it is used again. */
export const httpAgent = new Agent({ keepAlive: false });

/** A sandbox that test files take turns with. */
export interface SharedSandbox {
	/** What goes into a credential as the base URL. */
	url: string;
	/** Speaks to the sandbox's own controls: paths are below "/_sandbox", any status is a response. */
	control: AxiosInstance;
}

/**
 * The sandbox of this worker, as it was at its start but for its signing keys.
 *
 * @throws when the project in jest.config.js starts no sandboxes
 */
export async function sandboxOfWorker(): Promise<SharedSandbox> {
	const urls = process.env['SANDBOX_URLS']?.split(' ') ?? [];
	const url = urls[Number(process.env['JEST_WORKER_ID']) - 1];
	if (url === undefined) throw new Error('No sandbox was started for this worker');
	const control = axios.create({
		baseURL: `${url}/_sandbox`,
		timeout: 30_000,
		proxy: false,
		httpAgent,
		validateStatus: () => true,
	});
	const { status } = await control.post('/reset');
	if (status !== 200) throw new Error(`The sandbox was not reset (${status})`);
	return { url, control };
}
