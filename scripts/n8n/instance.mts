import { join } from 'node:path';

import { localHttp } from '../local-http.mts';

import { isJsonObject } from '../json.mts';
import { chooseFreePort } from '../ports.mts';
import { type RunningProgram, startProgram } from '../program/program.mts';
import { installN8n, isN8n1 } from './install.mts';

export interface N8nOptions {
	/** As for `installN8n`, e.g. "2.41.1". */
	version: string;
	/** Contains this n8n's database, encryption key and community packages. */
	userFolder: string;
	/** The port of the editor and the webhooks, on 127.0.0.1. */
	port: number;
	/** The public address, if it is not this port of 127.0.0.1. */
	webhookUrl?: string;
	/** Overrides the usual variables. */
	environment?: Record<string, string>;
	/** "worker" and "webhook" are for queue mode. */
	command?: 'start' | 'worker' | 'webhook';
}

/** A running n8n, with the editor's address, e.g. "http://127.0.0.1:5678". */
export type RunningN8n = RunningProgram & { url: string; logFile: string };

// An unknown name makes n8n exit, so each major version has its own list.
const DISABLED_MODULES = {
	1: 'insights,external-secrets,mcp,chat-hub',
	2: 'mcp-registry,instance-ai,chat-hub,insights,external-secrets',
};

// The default of n8n 2. By default, n8n 1 uses a single connection: of 50 forms sent ten at a time two left no
// execution, and a status was there before its data.
const SQLITE_CONNECTIONS = '3';

/** A local n8n is on 127.0.0.1 alone, with community packages, and without telemetry and unneeded parts. */
function variablesFor(options: N8nOptions, brokerPort: number): Record<string, string> {
	const { version, userFolder, port } = options;
	const { webhookUrl = `http://127.0.0.1:${port}/`, environment } = options;
	const generation = isN8n1(version) ? 1 : 2;
	return {
		// With jest's "test", n8n starts without some of its parts.
		NODE_ENV: 'production',
		N8N_USER_FOLDER: userFolder,
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PROTOCOL: 'http',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		WEBHOOK_URL: webhookUrl,
		// A worker has no editor; its health endpoint uses the port.
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		// A browser returns no secure cookie over HTTP.
		N8N_SECURE_COOKIE: 'false',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_PYTHON_ENABLED: 'false',
		// If a ping of the database takes five seconds, as on a busy machine, n8n responds 503 to every request until the
		// next one. The database is on this machine, so n8n need not look for it.
		DB_PING_INTERVAL_SECONDS: '3600',
		// This machine is reached without the proxy.
		NO_PROXY: [process.env['NO_PROXY'], '127.0.0.1', 'localhost']
			.filter((host) => host !== undefined)
			.join(','),
		N8N_DISABLED_MODULES: DISABLED_MODULES[generation],
		...(generation === 1 ? { DB_SQLITE_POOL_SIZE: SQLITE_CONNECTIONS } : {}),
		...environment,
	};
}

// The last line of n8n's start. It serves requests before that, while it still looks for interrupted executions (and
// shows a waiting one as "crashed" until it has looked), and before its webhooks are registered.
const STARTED = 'Editor is now accessible via';

async function isHealthy(url: string): Promise<boolean> {
	try {
		const { data } = await localHttp.get<unknown>(`${url}/healthz`, { timeout: 5_000 });
		return isJsonObject(data);
	} catch {
		return false;
	}
}

/**
 * Starts a real n8n as a process of its own, and waits until it is ready.
 *
 * @param ends stops it, also when it is still starting
 * @throws with the last lines that it printed, when it ends or is not ready in time
 */
export async function startN8n(
	options: N8nOptions,
	ends?: AsyncDisposableStack,
): Promise<RunningN8n> {
	const { version, userFolder, port, command = 'start' } = options;
	const url = `http://127.0.0.1:${port}`;
	const logFile = join(userFolder, `n8n-${command}-${port}.log`);
	const program = startProgram({
		file: await installN8n(version),
		args: [command],
		folder: userFolder,
		logFile,
		environment: variablesFor(options, await chooseFreePort()),
	});
	ends?.defer(() => program.stop());
	const look = async () => {
		const isReady = command === 'start' ? program.output().includes(STARTED) : await isHealthy(url);
		return isReady ? true : undefined;
	};
	await program.whenReady('n8n', look);
	return Object.assign(program, { url, logFile });
}
