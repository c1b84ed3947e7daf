// An unknown name makes n8n exit, so each major version has its own list.
const DISABLED_MODULES = {
	1: 'insights,external-secrets,mcp,chat-hub',
	2: 'mcp-registry,instance-ai,chat-hub,insights,external-secrets',
};

// The default of n8n 2. By default, n8n 1 uses a single connection: of 50 forms sent ten at a time two left no
// execution, and a status was there before its data.
const SQLITE_CONNECTIONS = '3';

/**
 * The variables of a local n8n: on 127.0.0.1 alone, with community packages, and without telemetry and unneeded parts.
 *
 * @param options `brokerPort`: for its code runners; `webhookUrl`: the public address, if it is not `port` of 127.0.0.1
 */
export function variablesFor(options: {
	version: string;
	userFolder: string;
	port: number;
	brokerPort: number;
	webhookUrl?: string;
}): Record<string, string> {
	const isN8n1 = options.version.startsWith('1.');
	return {
		// With jest's "test", n8n starts without some of its parts.
		NODE_ENV: 'production',
		N8N_USER_FOLDER: options.userFolder,
		N8N_PORT: String(options.port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PROTOCOL: 'http',
		N8N_RUNNERS_BROKER_PORT: String(options.brokerPort),
		WEBHOOK_URL: options.webhookUrl ?? `http://127.0.0.1:${options.port}/`,
		// A worker has no editor; its health endpoint uses the port.
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(options.port),
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
		// This machine is reached without the proxy.
		NO_PROXY: [process.env['NO_PROXY'], '127.0.0.1', 'localhost']
			.filter((host) => host !== undefined)
			.join(','),
		N8N_DISABLED_MODULES: isN8n1 ? DISABLED_MODULES[1] : DISABLED_MODULES[2],
		...(isN8n1 ? { DB_SQLITE_POOL_SIZE: SQLITE_CONNECTIONS } : {}),
	};
}
