import { readOptions, UserError } from '../command-line.mts';
import { USAGE } from './usage.mjs';

/** What the user chose on the command line; `usage.mjs` explains it. */
export type StartOptions = ReturnType<typeof readStartOptions>;

const LARGEST_PORT = 65_535;

function portFrom(text: string, option: string): number {
	const number = Number(text);
	if (Number.isInteger(number) && number > 0 && number <= LARGEST_PORT) return number;
	throw new UserError(`--${option} must be a port from 1 to ${LARGEST_PORT}.`);
}

/**
 * Reads the command line of `npm start`.
 *
 * @throws UserError when an option is invalid
 */
export function readStartOptions() {
	const boolean = { type: 'boolean', default: false } as const;
	const { fresh, once, queue, ...values } = readOptions(
		{
			port: { type: 'string', default: '5678' },
			'webhook-port': { type: 'string', default: '5680' },
			'sandbox-port': { type: 'string', default: '4010' },
			'mail-port': { type: 'string', default: '2525' },
			fresh: boolean,
			once: boolean,
			queue: boolean,
		},
		USAGE,
	);
	const ports = {
		port: portFrom(values.port, 'port'),
		webhookPort: portFrom(values['webhook-port'], 'webhook-port'),
		sandboxPort: portFrom(values['sandbox-port'], 'sandbox-port'),
		mailPort: portFrom(values['mail-port'], 'mail-port'),
	};
	if (new Set(Object.values(ports)).size < 4)
		throw new UserError(
			'n8n, its webhook processor, the sandbox and the mail server need different ports.',
		);
	return { ...ports, fresh, once, queue };
}
