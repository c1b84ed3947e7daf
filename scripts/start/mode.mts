import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';

import { CURRENT_N8N } from '../n8n/install.mts';
import { type RunningN8n, startN8n } from '../n8n/instance.mts';
import { temporaryFolder } from '../project.mts';
import { accountForPostgres } from '../queue/postgres.mts';
import { startCluster } from '../queue/cluster.mts';
import type { Home } from './home.mts';
import type { StartOptions } from './options.mts';

/** n8n as a single process, or as several ones around a queue. */
export interface Mode {
	command: string;
	/** What is started, for the list of steps. */
	parts: string;
	/** The folder in the user's home that every start uses. */
	keptFolder: string;
	/**
	 * @param ends gets everything that has to be stopped, also when this throws
	 * @returns the n8n with the editor, and the address for webhooks and forms
	 */
	start(
		options: StartOptions,
		home: Home,
		ends: AsyncDisposableStack,
	): Promise<{ main: RunningN8n; receiver: string }>;
}

export const singleMode: Mode = {
	command: 'npm start',
	parts: 'n8n (ten seconds)',
	keptFolder: '.n8n-nodes-transactionlink',
	async start({ port }, { userFolder }, ends) {
		const main = await startN8n({ version: CURRENT_N8N, userFolder, port }, ends);
		return { main, receiver: main.url };
	},
};

/**
 * A folder for PostgreSQL's data: in n8n's folder, or, because PostgreSQL cannot reach that if root runs this, in the
 * home of the account that PostgreSQL runs as.
 */
function keptPostgresFolder({ userFolder, isExisting }: Home): string {
	const account = accountForPostgres();
	const folder =
		account === undefined
			? join(userFolder, 'postgres')
			: join(account.homeFolder, basename(userFolder));
	if (!isExisting) rmSync(folder, { recursive: true, force: true });
	return folder;
}

export const queueMode: Mode = {
	command: 'npm run start:queue',
	parts: 'Redis, PostgreSQL, and n8n: main process, webhook processor, two workers (half a minute)',
	keptFolder: '.n8n-nodes-transactionlink-queue',
	async start({ port, webhookPort, once }, home, ends) {
		const { userFolder } = home;
		const postgresFolder = once ? temporaryFolder('postgres', ends) : keptPostgresFolder(home);
		const options = { version: CURRENT_N8N, userFolder, postgresFolder, port, webhookPort };
		const { main, webhookProcessor } = await startCluster(options, ends);
		return { main, receiver: webhookProcessor.url };
	},
};
