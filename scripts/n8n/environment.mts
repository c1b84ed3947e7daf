const DISABLED_MODULES = {
	// An unknown name makes n8n exit, so that each generation has a list of its own.
	1: 'insights,external-secrets,mcp,chat-hub',
	2: 'mcp-registry,instance-ai,chat-hub,insights,external-secrets',
};

// As n8n 2 has it by itself. Without, n8n 1 does everything over one connection to SQLite: of 50 forms sent ten at a
// time two left no execution, and a status is there before its data.
const CONNECTIONS_TO_SQLITE = '3';

/**
 * The variables of an n8n for trying things out: on 127.0.0.1 alone, calling nobody, with community packages
 * on and what is not needed off.
 *
 * @param options `version` of n8n, its `userFolder`, its `port`, the port that its code runners report to, and
 * the address that others reach it under when that is not its own
 */
export function environmentFor(options: {
	version: string;
	userFolder: string;
	port: number;
	brokerPort: number;
	webhookUrl?: string;
}): Record<string, string> {
	const isN8n1 = options.version.startsWith('1.');
	return {
		// jest hands down "test", and n8n then starts without its own parts and says nothing.
		NODE_ENV: 'production',
		N8N_USER_FOLDER: options.userFolder,
		N8N_PORT: String(options.port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PROTOCOL: 'http',
		N8N_RUNNERS_BROKER_PORT: String(options.brokerPort),
		WEBHOOK_URL: options.webhookUrl ?? `http://127.0.0.1:${options.port}/`,
		// A worker of an n8n in queue mode has no editor; it tells its health on the port instead.
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(options.port),
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		// The editor is reached over plain http here, where a browser does not send a secure cookie back.
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
		// What runs on this machine is reached directly, also where the way out leads through a proxy.
		NO_PROXY: [process.env['NO_PROXY'], '127.0.0.1', 'localhost']
			.filter((host) => host !== undefined)
			.join(','),
		N8N_DISABLED_MODULES: isN8n1 ? DISABLED_MODULES[1] : DISABLED_MODULES[2],
		...(isN8n1 ? { DB_SQLITE_POOL_SIZE: CONNECTIONS_TO_SQLITE } : {}),
	};
}
