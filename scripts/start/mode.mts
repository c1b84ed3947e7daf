import type { Closing } from '../closing.mts';
import type { N8nOptions, RunningN8n } from '../n8n/instance.mts';
import type { Home } from './home.mts';
import type { StartOptions } from './options.mts';

/** An n8n that is up, and the address that takes its webhooks and forms. */
export interface ReadyN8n extends Pick<RunningN8n, 'url' | 'logFile' | 'ended'> {
	receiver: string;
}

/** One of the ways in which n8n is run: as a single process, or as several. */
export interface Mode {
	/** What a person types. */
	command: 'npm start' | 'npm run start:queue';
	/** What is started, as it reads in the list of steps. */
	whatStarts: string;
	/** The name of the folder, in the person's home, that the next start comes back to. */
	keptFolder: string;
	/** Makes sure that everything is there that has to be installed by a person. */
	requireParts(): void;
	/** The ports that are needed beside the editor's. */
	morePorts(options: StartOptions): { port: number; purpose: string; option: string }[];
	/**
	 * Starts n8n.
	 *
	 * @param wanted which one, and the port of its editor
	 * @param ends gets everything that has to be ended, also when this throws
	 */
	start(
		wanted: Pick<N8nOptions, 'version' | 'port'> & { home: Home; options: StartOptions },
		ends: Closing,
	): Promise<ReadyN8n>;
}
