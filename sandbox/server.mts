import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import express from 'express';
import { readContract } from './api/contract.mts';
import { receive } from './api/reception.mts';
import { answerToFailure, refusal } from './api/refusal.mts';
import { CallLog } from './control/calls.mts';
import { controlInterface } from './control/control.mts';
import { Faults } from './control/faults.mts';
import { Downloads } from './downloads.mts';
import { listen } from './listen.mts';
import { localHostOnly, ownOriginOnly } from './local-only.mts';
import { pages } from './page/serve.mts';
import { Runs } from './runs.mts';
import { SettingsStore } from './settings.mts';
import { State } from './state.mts';
import { SigningKeys } from './webhooks/signing.mts';
import { Webhooks } from './webhooks/webhooks.mts';
import type { ErrorRequestHandler, Express, RequestHandler } from 'express';
import type { ChangeEvents, Sandbox } from './context.mts';
import type { Settings } from './settings.mts';

/** What a sandbox is started with. */
export interface SandboxOptions {
	/** 0, unless told otherwise: any free port. */
	port?: number;
	/** What differs from the default settings. */
	settings?: Partial<Settings>;
}

/** A sandbox that runs. */
export interface RunningSandbox {
	url: string;
	port: number;
	/** Ends it: runs and webhooks stop where they are. */
	close(): Promise<void>;
}

/** The largest body that is taken in. */
const LARGEST_BODY = '50mb';

async function furnish(settings: SettingsStore): Promise<Sandbox> {
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
		webhooks.announce(run);
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
		calls: new CallLog(),
		faults,
		url: '',
	};
}

/** Answers, in the vendor's shape, a body that could not even be taken in, e.g. one that is too large. */
const refuseUnreadable: ErrorRequestHandler = (failure: unknown, _request, response, next) => {
	if (response.headersSent) {
		next(failure);
		return;
	}
	const status = failure instanceof Error && 'status' in failure ? Number(failure.status) : 500;
	const known = status >= 400 && status < 500;
	const {
		status: answered,
		headers,
		body,
	} = answerToFailure(
		known ? refusal(status, 'unreadable_body', 'The body could not be read.') : failure,
	);
	response.writeHead(answered, headers).end(body);
};

/** Lets the page know of every request that may have changed what it shows, when that was carried out. */
function announceChanges({ changes }: Sandbox): RequestHandler {
	return ({ method, path }, response, next) => {
		const isOwn = path === '/' || path.startsWith('/_sandbox/');
		const onlyLooks = isOwn && (method === 'GET' || path.endsWith('/preview'));
		if (!onlyLooks) response.once('close', () => changes.emit('change'));
		next();
	};
}

function frontDoor(sandbox: Sandbox): Express {
	const app = express();
	app.disable('x-powered-by');
	app.use(localHostOnly);
	app.use('/_sandbox', ownOriginOnly);
	app.use(announceChanges(sandbox));
	app.use(pages(sandbox));
	app.use('/_sandbox', controlInterface(sandbox));
	app.use(express.raw({ type: () => true, limit: LARGEST_BODY }));
	app.use((request, response) => receive(request, response, sandbox));
	app.use(refuseUnreadable);
	return app;
}

/**
 * Starts a local TransactionLink on 127.0.0.1.
 *
 * Throws Node's own error when the port is taken (`EADDRINUSE`), and `UnusableSettings`.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
	const sandbox = await furnish(new SettingsStore(options.settings ?? {}));
	const listener = await listen(createServer(frontDoor(sandbox)), options.port ?? 0).catch(
		async (failure: unknown) => {
			await sandbox.downloads.close();
			throw failure;
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
