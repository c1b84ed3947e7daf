import { findServers } from '../queue/binaries.mts';
import { startCluster } from '../queue/cluster.mts';
import { placeForPostgres } from '../queue/place.mts';
import type { Mode } from './mode.mts';

/** n8n as several processes around a queue. */
export const queueMode: Mode = {
	command: 'npm run start:queue',
	whatStarts:
		'Redis, PostgreSQL, and n8n: main process, webhook processor, two workers (half a minute)',
	keptFolder: '.n8n-nodes-transactionlink-queue',
	requireParts: () => {
		findServers();
	},
	morePorts: ({ webhookPort }) => [
		{ port: webhookPort, purpose: "n8n's webhook processor", option: '--webhook-port' },
	],
	async start({ version, port, home, options }, ends) {
		const { userFolder } = home;
		const place = placeForPostgres(userFolder, { isPassing: options.once, isFresh: !home.isKnown });
		ends.add(() => {
			place.leave();
		});
		const { main, webhookProcessor } = await startCluster(
			{ version, userFolder, postgresFolder: place.folder, port, webhookPort: options.webhookPort },
			ends,
		);
		return { ...main, receiver: webhookProcessor.url };
	},
};
