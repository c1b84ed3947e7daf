import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { BoundedList } from './bounded-list.mts';
import { isLocalHost, listen } from './listen.mts';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Listener } from './listen.mts';
import type { Attachment } from './state.mts';

/** A request to the second host, with all its headers. */
export interface LoggedDownload {
	at: string;
	method: string;
	path: string;
	headers: Record<string, string | string[]>;
}

/** How long a download address is valid, in milliseconds. */
const LIFETIME_MS = 15 * 60_000;

const LOGGED_DOWNLOADS = 1_000;

/**
 * The second host, in place of the storage of TransactionLink's download addresses. It requires no credentials and
 * logs each header, so that a test can check whether credentials were sent there.
 */
export class Downloads {
	readonly #requests = new BoundedList<LoggedDownload>(LOGGED_DOWNLOADS);
	readonly #addresses = new Map<string, { attachment: Attachment; expiresAt: number }>();
	readonly #listener: Listener;

	private constructor(listener: Listener) {
		this.#listener = listener;
	}

	/** Starts the second host on a free port of its own. */
	static async start(): Promise<Downloads> {
		const server = createServer();
		const downloads = new Downloads(await listen(server, 0));
		server.on('request', (request, response) => downloads.#respond(request, response));
		return downloads;
	}

	/** The address of the second host. */
	get url(): string {
		return this.#listener.url;
	}

	/** The requests to it, oldest first. */
	get requests(): readonly LoggedDownload[] {
		return this.#requests.all();
	}

	/** Creates a time-limited download address of an attachment. */
	createAddress(attachment: Attachment): string {
		const key = randomUUID();
		this.#addresses.set(key, { attachment, expiresAt: Date.now() + LIFETIME_MS });
		return `${this.url}/${key}/${encodeURIComponent(attachment.name)}`;
	}

	/** Deletes its requests and addresses. */
	reset(): void {
		this.#requests.clear();
		this.#addresses.clear();
	}

	/** Stops listening. */
	async close(): Promise<void> {
		await this.#listener.close();
	}

	#respond(request: IncomingMessage, response: ServerResponse): void {
		const { method = 'GET', url: path = '/' } = request;
		const headers: LoggedDownload['headers'] = {};
		for (const [name, value] of Object.entries(request.headers))
			if (value !== undefined) headers[name] = value;
		this.#requests.add({ at: new Date().toISOString(), method, path, headers });
		request.resume();
		if (!isLocalHost(request.headers.host)) {
			response.writeHead(403).end();
			return;
		}
		const download = this.#addresses.get(path.split('/')[1] ?? '');
		if (download === undefined || Date.now() >= download.expiresAt) {
			response
				.writeHead(404, { 'content-type': 'text/plain' })
				.end('There is no longer anything at this address.');
			return;
		}
		const { type, name, content } = download.attachment;
		const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(name)}`;
		response
			.writeHead(200, { 'content-type': type, 'content-disposition': disposition })
			.end(content);
	}
}
