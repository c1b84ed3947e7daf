import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import express from 'express';
import { readContract } from './api/contract.mts';
import { handleRequest } from './api/handle-request.mts';
import { errorResponse, apiError } from './api/error.mts';
import { RequestLog } from './control/request-log.mts';
import { controlInterface } from './control/control.mts';
import { Faults } from './control/faults.mts';
import { Downloads } from './downloads.mts';
import { listen, localHostOnly, ownOriginOnly } from './listen.mts';
import { pages } from './page/serve.mts';
import { Runs } from './runs.mts';
import { SettingsStore } from './settings.mts';
import { State } from './state.mts';
import { SigningKeys } from './webhooks/signing.mts';
import { Webhooks } from './webhooks/webhooks.mts';
import type { ErrorRequestHandler, Express, RequestHandler } from 'express';
import type { ChangeEvents, Sandbox } from './sandbox.mts';
import type { Settings } from './settings.mts';

/** The options of a sandbox. */
export interface SandboxOptions {
	/** 0 by default: any free port. */
	port?: number;
	/** Differences from the default settings. */
	settings?: Partial<Settings>;
}

/** A running sandbox. */
export interface RunningSandbox {
	url: string;
	port: number;
	/** Stops it, with its runs and webhooks. */
	close(): Promise<void>;
}

/** The largest accepted body. */
const LARGEST_BODY = '50mb';

async function createSandbox(settings: SettingsStore): Promise<Sandbox> {
	const [contract, keys, otherKeys, downloads] = await Promise.all([
		readContract(),
		SigningKeys.create(),
		SigningKeys.create(),
		Downloads.start(),
	]);
	const state = new State();
	const changes = new EventEmitter<ChangeEvents>().setMaxListeners(0);
	const changed = () => void changes.emit('change');
	const webhooks = new Webhooks(settings, { main: keys, other: otherKeys }, changed);
	const runs = new Runs(settings, state, (run) => {
		webhooks.deliver(run);
		changed();
	});
	const faults = new Faults(contract.operations.keys());
	return {
		changes,
		settings,
		contract,
		state,
		runs,
		keys,
		otherKeys,
		webhooks,
		downloads,
		requestLog: new RequestLog(),
		faults,
		url: '',
	};
}

/** Responds in TransactionLink's form to a body that could not be received, e.g. one that is too large. */
const respondToUnreadableBody: ErrorRequestHandler = (error: unknown, _request, response, next) => {
	if (response.headersSent) {
		next(error);
		return;
	}
	const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
	const known = status >= 400 && status < 500;
	const {
		status: failed,
		headers,
		body,
	} = errorResponse(
		known ? apiError(status, 'unreadable_body', 'The body could not be read.') : error,
	);
	response.writeHead(failed, headers).end(body);
};

/** Notifies the page after every request that may have changed its content. */
function announceChanges({ changes }: Sandbox): RequestHandler {
	return ({ method, path }, response, next) => {
		const isOwn = path === '/' || path.startsWith('/_sandbox/');
		const onlyLooks = isOwn && (method === 'GET' || path.endsWith('/preview'));
		if (!onlyLooks) response.once('close', () => changes.emit('change'));
		next();
	};
}

function createApp(sandbox: Sandbox): Express {
	const app = express();
	app.disable('x-powered-by');
	app.use(localHostOnly);
	app.use('/_sandbox', ownOriginOnly);
	app.use(announceChanges(sandbox));
	app.use(pages(sandbox));
	app.use('/_sandbox', controlInterface(sandbox));
	app.use(express.raw({ type: () => true, limit: LARGEST_BODY }));
	app.use((request, response) => handleRequest(request, response, sandbox));
	app.use(respondToUnreadableBody);
	return app;
}

/**
 * Starts a local TransactionLink on 127.0.0.1.
 *
 * Throws Node's own error when the port is taken (`EADDRINUSE`), and `InvalidSettings`.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
	const sandbox = await createSandbox(new SettingsStore(options.settings ?? {}));
	const listener = await listen(createServer(createApp(sandbox)), options.port ?? 0).catch(
		async (error: unknown) => {
			await sandbox.downloads.close();
			throw error;
		},
	);
	sandbox.url = listener.url;
	return {
		url: listener.url,
		port: listener.port,
		close: async () => {
			sandbox.runs.stopAll();
			sandbox.webhooks.reset();
			await Promise.all([listener.close(), sandbox.downloads.close()]);
		},
	};
}
