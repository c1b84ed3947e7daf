import type { AxiosInstance } from 'axios';
import { localHttp } from '../../../scripts/local-http.mts';

/** A sandbox that the test files of a worker use one after another. */
export interface SharedSandbox {
	/** The base URL for a credential. */
	url: string;
	/** Sends requests to the control interface, with paths below "/_sandbox". Returns responses of any status. */
	control: AxiosInstance;
}

/**
 * Resets the sandbox of this worker, except its signing keys, and returns it.
 *
 * @throws if the project in jest.config.js starts no sandboxes
 */
export async function sandboxOfWorker(): Promise<SharedSandbox> {
	const urls = process.env['SANDBOX_URLS']?.split(' ') ?? [];
	const url = urls[Number(process.env['JEST_WORKER_ID']) - 1];
	if (url === undefined) throw new Error('No sandbox was started for this worker');
	const control = localHttp.create({
		baseURL: `${url}/_sandbox`,
		timeout: 30_000,
		validateStatus: () => true,
	});
	const { status } = await control.post('/reset');
	if (status !== 200) throw new Error(`The sandbox was not reset (${status})`);
	return { url, control };
}
