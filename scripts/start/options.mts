import { readOptions, UserError } from '../command-line.mts';
import { USAGE } from './usage.mjs';

/** What the user chose on the command line. */
export interface StartOptions {
	port: number;
	/** Only used in queue mode. */
	webhookPort: number;
	sandboxPort: number;
	mailPort: number;
	/** Delete what the last start kept. */
	fresh: boolean;
	/** End after one onboarding. */
	once: boolean;
	/** Run n8n in queue mode. */
	queue: boolean;
	help: boolean;
}

const LARGEST_PORT = 65_535;

/**
 * Reads the command line of `npm start`.
 *
 * @throws UserError when an option is invalid
 */
export function readStartOptions(): StartOptions {
	const boolean = { type: 'boolean', default: false } as const;
	const values = readOptions(
		{
			port: { type: 'string', default: '5678' },
			'webhook-port': { type: 'string', default: '5680' },
			'sandbox-port': { type: 'string', default: '4010' },
			'mail-port': { type: 'string', default: '2525' },
			fresh: boolean,
			once: boolean,
			queue: boolean,
			help: { ...boolean, short: 'h' },
		},
		USAGE,
	);
	const port = (option: 'port' | 'webhook-port' | 'sandbox-port' | 'mail-port'): number => {
		const number = Number(values[option]);
		if (Number.isInteger(number) && number > 0 && number <= LARGEST_PORT) return number;
		throw new UserError(`--${option} must be a port from 1 to ${LARGEST_PORT}.`);
	};
	const ports = {
		port: port('port'),
		webhookPort: port('webhook-port'),
		sandboxPort: port('sandbox-port'),
		mailPort: port('mail-port'),
	};
	if (new Set(Object.values(ports)).size < 4)
		throw new UserError(
			'n8n, its webhook processor, the sandbox and the mail server need different ports.',
		);
	const { fresh, once, queue, help } = values;
	return { ...ports, fresh, once, queue, help };
}
