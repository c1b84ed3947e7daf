import { startN8n } from '../n8n/instance.mts';
import type { Mode } from './mode.mts';

/** n8n as a single process, with its data in a file. */
export const singleMode: Mode = {
	command: 'npm start',
	whatStarts: 'n8n (ten seconds)',
	keptFolder: '.n8n-nodes-transactionlink',
	requireParts: () => undefined,
	morePorts: () => [],
	async start({ version, port, home }, ends) {
		const running = await startN8n({ version, userFolder: home.userFolder, port });
		ends.add(() => running.stop());
		return { ...running, receiver: running.url };
	},
};
