import { join } from 'node:path';

import { type N8nOptions, type RunningN8n, startN8n } from '../n8n/instance.mts';
import { chooseFreePort } from '../ports.mts';
import { findServers } from '../program/find-programs.mjs';
import {
	accountForPostgres,
	POSTGRES_DATABASE,
	POSTGRES_USER,
	startPostgres,
} from './postgres.mts';
import { startRedis } from './redis.mts';
import type { RunningServer } from './server.mts';

const WORKERS = 2;

type ClusterOptions = Pick<N8nOptions, 'version' | 'userFolder' | 'port'> & {
	/** For PostgreSQL's data. */
	postgresFolder: string;
	/** The webhook processor's port. */
	webhookPort: number;
};

/** An n8n in queue mode: a main process with the editor, a webhook processor, and workers. */
export type Cluster = Awaited<ReturnType<typeof startCluster>>;

function queueEnvironment(redis: RunningServer, postgres: RunningServer): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		// Or n8n starts an expression engine for each delivery, and responds 503 in a burst.
		N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		// Production webhooks and forms are for the webhook processor alone.
		N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		QUEUE_BULL_REDIS_PASSWORD: redis.password,
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_DATABASE: POSTGRES_DATABASE,
		DB_POSTGRESDB_USER: POSTGRES_USER,
		DB_POSTGRESDB_PASSWORD: postgres.password,
	};
}

/**
 * Starts Redis, PostgreSQL and an n8n in queue mode, on 127.0.0.1: a main process, a webhook processor, two workers.
 *
 * @param ends gets everything that has to be stopped, also when this throws
 * @throws UserError when Redis or PostgreSQL is missing, and with the last lines of a process that does not start
 */
export async function startCluster(
	{ version, userFolder, postgresFolder, port, webhookPort }: ClusterOptions,
	ends: AsyncDisposableStack,
) {
	const binaries = findServers();
	const redis = await startRedis(binaries.redis, join(userFolder, 'redis'));
	ends.defer(() => redis.stop());
	const postgres = await startPostgres(binaries, postgresFolder, accountForPostgres());
	ends.defer(() => postgres.stop());

	const shared = {
		version,
		userFolder,
		webhookUrl: `http://127.0.0.1:${webhookPort}/`,
		environment: queueEnvironment(redis, postgres),
	};
	const start = async (command: N8nOptions['command'] & string, ownPort?: number) =>
		await startN8n({ ...shared, command, port: ownPort ?? (await chooseFreePort()) }, ends);
	const workers: RunningN8n[] = [];
	const addWorker = async () => {
		const worker = await start('worker');
		workers.push(worker);
		return worker;
	};

	// Alone at first: it creates the tables and the encryption key.
	const main = await start('start', port);
	// It handles requests to production addresses: webhooks and forms.
	const [webhookProcessor] = await Promise.all([
		start('webhook', webhookPort),
		...Array.from({ length: WORKERS }, addWorker),
	]);
	// On a port of its own, as behind a load balancer.
	const addWebhookProcessor = () => start('webhook');
	return { main, webhookProcessor, workers, postgres, redis, addWorker, addWebhookProcessor };
}
