import { randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';

import { listen } from '../sandbox/listen.mts';
import { median } from './turns.mts';

/** An API that creates cases, with a limit that the sandbox does not have. */
export interface Vendor {
	url: string;
	/** Since the last time that this was called. */
	statistics(): { requests: number; rejected: number; medianInFlight: number };
	close(): Promise<void>;
}

/** How such an API behaves. */
export interface Behavior {
	/** How long each request takes once it is worked on. */
	milliseconds: number;
	/** It works on so many at the same time, and others wait: they get slower. */
	capacity?: number;
	/** It responds 429 to those beyond so many. */
	accepts?: number;
}

function respond(response: ServerResponse, status: number, body: object): void {
	const text = JSON.stringify(body);
	response.writeHead(status, {
		'content-type': 'application/json',
		'content-length': Buffer.byteLength(text),
	});
	response.end(text);
}

/** Starts one on this machine. */
export async function startVendor({
	milliseconds,
	capacity = Infinity,
	accepts = Infinity,
}: Behavior): Promise<Vendor> {
	let [present, working, rejected] = [0, 0, 0];
	let inFlight: number[] = [];
	const waiting: (() => void)[] = [];

	const createCase = (response: ServerResponse): void => {
		inFlight.push(present + 1);
		if (present >= accepts) {
			rejected += 1;
			respond(response, 429, { code: 'too_many_requests', message: 'Too many requests.' });
			return;
		}
		present += 1;
		const work = (): void => {
			working += 1;
			setTimeout(() => {
				working -= 1;
				present -= 1;
				waiting.shift()?.();
				respond(response, 201, { caseId: randomUUID() });
			}, milliseconds);
		};
		if (working < capacity) work();
		else waiting.push(work);
	};

	const server = createServer((request, response) => {
		request.resume();
		request.on('end', () => {
			if (request.url === '/cases') createCase(response);
			else respond(response, 200, { accessToken: randomUUID() });
		});
	});
	const { url, close } = await listen(server, 0);
	return {
		url,
		statistics: () => {
			const seen = { requests: inFlight.length, rejected, medianInFlight: median(inFlight) };
			inFlight = [];
			rejected = 0;
			return seen;
		},
		close,
	};
}
