import { join } from 'node:path';

import type { Closing } from '../closing.mts';
import { type N8nOptions, type RunningN8n, startN8n } from '../n8n/instance.mts';
import { chooseFreePort } from '../ports.mts';
import { accountForPostgres } from './account.mts';
import { findServers } from './binaries.mts';
import { POSTGRES_DATABASE, POSTGRES_USER, startPostgres } from './postgres.mts';
import { startRedis } from './redis.mts';
import type { RunningServer } from './server.mts';

const WORKERS = 2;

/** What an n8n in queue mode is brought up with. */
export interface ClusterOptions {
	version: string;
	/** Shared by all processes: the encryption key and the community packages are in it. */
	userFolder: string;
	/** Where PostgreSQL keeps its data. */
	postgresFolder: string;
	/** The port of the editor. */
	port: number;
	/** The port of the webhook processor. */
	webhookPort: number;
	/** Variables of every process, beside the usual ones. */
	environment?: Record<string, string>;
}

/** An n8n in queue mode: a main process with the editor, a webhook processor, and workers. */
export interface Cluster {
	main: RunningN8n;
	/** Takes what comes in over production addresses: webhooks and forms. */
	webhookProcessor: RunningN8n;
	workers: readonly RunningN8n[];
	/** Where n8n keeps everything; the user is POSTGRES_USER. */
	postgres: RunningServer;
	/** Where its processes find their work. */
	redis: RunningServer;
	/** Starts one more worker. */
	addWorker(): Promise<RunningN8n>;
	/** Starts one more webhook processor, on a port of its own, as behind a load balancer. */
	addWebhookProcessor(): Promise<RunningN8n>;
}

function queueEnvironment(redis: RunningServer, postgres: RunningServer): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		// Or n8n starts an expression engine for each delivery, and answers 503 in a burst.
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
 * Brings up Redis, PostgreSQL and an n8n in queue mode: a main process, a webhook processor and two workers, all of
 * them on 127.0.0.1.
 *
 * @param options where
 * @param ends gets everything that has to be ended, also when this throws
 * @throws MissingServer, and whatever keeps one of the processes from coming up
 */
export async function startCluster(options: ClusterOptions, ends: Closing): Promise<Cluster> {
	const binaries = findServers();
	const redis = await startRedis(binaries.redis, join(options.userFolder, 'redis'));
	ends.add(() => redis.stop());
	const postgres = await startPostgres(binaries, options.postgresFolder, accountForPostgres());
	ends.add(() => postgres.stop());

	const environment = { ...queueEnvironment(redis, postgres), ...options.environment };
	const start = async (
		command: NonNullable<N8nOptions['command']>,
		port: number,
	): Promise<RunningN8n> => {
		const { version, userFolder, webhookPort } = options;
		const webhookUrl = `http://127.0.0.1:${webhookPort}/`;
		const running = await startN8n({ version, userFolder, port, webhookUrl, command, environment });
		ends.add(() => running.stop());
		return running;
	};
	const workers: RunningN8n[] = [];
	const addWorker = async () => {
		const worker = await start('worker', await chooseFreePort());
		workers.push(worker);
		return worker;
	};

	// Alone at first: it makes the tables and the encryption key.
	const main = await start('start', options.port);
	const others = await Promise.allSettled([
		start('webhook', options.webhookPort),
		...Array.from({ length: WORKERS }, () => addWorker()),
	]);
	const [webhookProcessor] = others;
	const failed = others.find((one) => one.status === 'rejected');
	if (failed !== undefined) throw failed.reason;
	if (webhookProcessor?.status !== 'fulfilled')
		throw new Error('The webhook processor did not start.');
	const addWebhookProcessor = async () => await start('webhook', await chooseFreePort());
	return {
		main,
		webhookProcessor: webhookProcessor.value,
		workers,
		postgres,
		redis,
		addWorker,
		addWebhookProcessor,
	};
}
