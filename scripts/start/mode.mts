import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import type { RunningN8n } from '../n8n/instance.mts';
import { startN8n } from '../n8n/instance.mts';
import { accountForPostgres, findServers } from '../queue/binaries.mts';
import { startCluster } from '../queue/cluster.mts';
import type { Home } from './home.mts';
import type { StartOptions } from './options.mts';

/** A running n8n, and the address for its webhooks and forms. */
export interface ReadyN8n extends Pick<RunningN8n, 'url' | 'logFile' | 'ended'> {
	receiver: string;
}

/** n8n as a single process, or as several ones around a queue. */
export interface Mode {
	command: string;
	/** What is started, for the list of steps. */
	parts: string;
	/** The folder in the user's home that every start uses. */
	keptFolder: string;
	/** Throws UserError when the user has to install something. */
	requirePrograms(): void;
	/** @param ends gets everything that has to be stopped, also when this throws */
	start(
		options: StartOptions & { version: string },
		home: Home,
		ends: AsyncDisposableStack,
	): Promise<ReadyN8n>;
}

export const singleMode: Mode = {
	command: 'npm start',
	parts: 'n8n (ten seconds)',
	keptFolder: '.n8n-nodes-transactionlink',
	requirePrograms: () => undefined,
	async start({ version, port }, { userFolder }, ends) {
		const running = await startN8n({ version, userFolder, port });
		ends.defer(() => running.stop());
		return { ...running, receiver: running.url };
	},
};

/**
 * A folder for PostgreSQL's data: in n8n's folder, or, because PostgreSQL cannot reach that if root runs this, in the
 * home of the account that PostgreSQL runs as.
 */
function keptPostgresFolder({ userFolder, isKnown }: Home): string {
	const account = accountForPostgres();
	const folder =
		account === undefined
			? join(userFolder, 'postgres')
			: join(account.homeFolder, basename(userFolder));
	if (!isKnown) rmSync(folder, { recursive: true, force: true });
	return folder;
}

function temporaryPostgresFolder(ends: AsyncDisposableStack): string {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-transactionlink-postgres-'));
	ends.defer(() => {
		rmSync(folder, { recursive: true, force: true });
	});
	return folder;
}

export const queueMode: Mode = {
	command: 'npm run start:queue',
	parts: 'Redis, PostgreSQL, and n8n: main process, webhook processor, two workers (half a minute)',
	keptFolder: '.n8n-nodes-transactionlink-queue',
	requirePrograms: () => {
		findServers();
	},
	async start({ version, port, webhookPort, once }, home, ends) {
		const { userFolder } = home;
		const postgresFolder = once ? temporaryPostgresFolder(ends) : keptPostgresFolder(home);
		const options = { version, userFolder, postgresFolder, port, webhookPort };
		const { main, webhookProcessor } = await startCluster(options, ends);
		return { ...main, receiver: webhookProcessor.url };
	},
};
